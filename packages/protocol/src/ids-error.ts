import { FedError } from './errors.ts'

export type IdErrorInfo =
  /** Not a CIDv1 (base32, sha2-256, raw or dag-cbor). */
  | { code: 'ID_BAD_CID' }
  /** Not 32 bytes as 0x-hex. */
  | { code: 'ID_BAD_DIGEST' }
  /** Not the base58 peer id of an ed25519 key. */
  | { code: 'ID_BAD_PEER_ID' }
  /** Not a 32-byte ed25519 key or seed. */
  | { code: 'ID_BAD_KEY'; size: number }

/** A text or byte string that is not the id it should be. The offending text is not part of the message: it may be hostile. */
export class IdError extends FedError<IdErrorInfo> {
  override name = 'IdError'
}
