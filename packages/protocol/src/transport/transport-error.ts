import { FedError } from '../errors.ts'

/** Why a peer could not be reached, in words of ours (never the peer's text). */
export type UnreachableReason =
  | 'connection refused'
  | 'connection reset'
  | 'no answer'
  | 'host not found'
  | 'no route'
  | 'another peer answered at this address'
  | 'handshake failed'

/** Why a peer does not talk to us. */
export type RefusalReason =
  | 'it closed the connection: this peer id is not a member there'
  | 'it speaks another version of the protocol'
  | 'it takes part in another Scenario or chain'
  | 'it is not a member of this federation'

export type TransportErrorInfo =
  /** Nobody answers, or somebody else does. */
  | {
      code: 'UNREACHABLE'
      address: string
      reason: UnreachableReason
      tries: number
      seconds: number
    }
  /** The peer was reached and does not want us, or we do not want it. */
  | { code: 'REFUSED'; address: string; reason: RefusalReason; tries: number }
  /** The host is used before start() or after stop(). */
  | { code: 'NOT_RUNNING' }
  /** A stream moved less than the least acceptable number of bytes in time (T7). */
  | { code: 'STALLED'; seconds: number }
  /** A frame, a length or a header that the protocol does not allow. */
  | { code: 'BAD_FRAME'; detail: string }
  /** The stream ended in the middle. */
  | { code: 'CUT_SHORT' }
  /** More streams or requests than a peer may have. */
  | { code: 'FLOOD' }
  /** A connection at a relay is older, or carried more, than one may. */
  | { code: 'USED_UP' }
  /** The peer's standing is used up: it is disconnected and stays out for a while. */
  | { code: 'BANNED' }
  /** The peer was a member when it connected and is not one now. */
  | { code: 'NOT_MEMBER' }
  /** The peer did not give its latest messages, or the addresses that it knows. */
  | { code: 'SYNC_FAILED'; peer: string }

/** What can go wrong between two hosts. */
export class TransportError extends FedError<TransportErrorInfo> {
  override name = 'TransportError'
}
