import { FedError } from '../errors.ts'

/** Why a signed message is not taken. */
export type MessageCode =
  /** More than MAX_MESSAGE_BYTES. */
  | 'MESSAGE_TOO_LARGE'
  /** Not a canonical envelope {key, payload, signature}. */
  | 'MESSAGE_BAD_ENVELOPE'
  /** The signature is not that of the key over the payload. */
  | 'MESSAGE_BAD_SIGNATURE'
  /** A peer of another protocol version (T15). */
  | 'MESSAGE_OTHER_VERSION'
  /** Correctly signed, but not a message of this protocol. */
  | 'MESSAGE_MALFORMED'

export type MessageErrorInfo = { readonly code: MessageCode; readonly problem?: string }

/** A message that cannot be sent or read. */
export class MessageError extends FedError<MessageErrorInfo> {
  override name = 'MessageError'
}
