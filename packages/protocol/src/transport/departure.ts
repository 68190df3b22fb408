import { createHash } from 'node:crypto'
import type { Cid, Digest, PeerIdText, Round } from '../ids.ts'
import { encodeSignedMessage } from '../messages/signed.ts'
import type { Message, SignedMessage } from '../messages/types.ts'

/**
 * Something of this peer's own that is about to leave it: a signed message (`digest`: SHA-256 of its envelope), to all members by gossip or
 * to one peer that asked for what it missed; or a part of a blob. Sizes: bytes of the envelope; bytes of the blob that are about to leave,
 * told for up to 16 MiB at a time, so that the last part may be told and not leave when the stream breaks.
 */
export type Departure =
  | {
      readonly kind: 'message'
      readonly type: Message['type']
      readonly round: Round
      readonly digest: Digest
      readonly sizeBytes: number
      readonly to: PeerIdText | 'members'
    }
  | {
      readonly kind: 'blob'
      readonly cid: Cid
      readonly sizeBytes: number
      /** Bytes of the whole blob. */
      readonly ofBytes: number
      readonly to: PeerIdText
    }

/** Told before the first byte leaves. When it rejects, nothing leaves: a silo that cannot record what it sends keeps it. */
export type OnDeparture = (departure: Departure) => Promise<void>

/** The departure of a signed message. */
export function departureOf(signed: SignedMessage, to: PeerIdText | 'members'): Departure {
  const envelope = encodeSignedMessage(signed)
  const { type, round } = signed.message
  const digest: Digest = `0x${createHash('sha256').update(envelope).digest('hex')}`
  return { kind: 'message', type, round, digest, sizeBytes: envelope.length, to }
}
