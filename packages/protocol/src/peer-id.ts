import { base58btc } from 'multiformats/bases/base58'
import type { PeerIdText } from './ids.ts'
import { IdError } from './ids-error.ts'

// Identity multihash (0x00, 36 bytes) of the protobuf of an ed25519 public key (type 1, 32 bytes).
const PREFIX = Uint8Array.of(0x00, 0x24, 0x08, 0x01, 0x12, 0x20)
const KEY_BYTES = 32
// Every such id has this beginning and length; checked first, because base58 decoding is quadratic.
const PEER_ID_TEXT = /^12D3KooW[1-9A-HJ-NP-Za-km-z]{44}$/

/**
 * libp2p peer id of a raw 32-byte ed25519 public key, in its base58 form ("12D3KooW…").
 * @throws {IdError} ID_BAD_KEY.
 * @see https://github.com/libp2p/specs/blob/master/peer-ids/peer-ids.md
 */
export function peerIdFromPublicKey(publicKey: Uint8Array): PeerIdText {
  if (publicKey.length !== KEY_BYTES) {
    throw new IdError(`a public key of ${publicKey.length} bytes, not ${KEY_BYTES}`, {
      code: 'ID_BAD_KEY',
      size: publicKey.length,
    })
  }
  const bytes = new Uint8Array(PREFIX.length + KEY_BYTES)
  bytes.set(PREFIX)
  bytes.set(publicKey, PREFIX.length)
  // baseEncode: without the multibase prefix; the brand is earned by construction.
  return base58btc.baseEncode(bytes) as PeerIdText
}

/** The raw 32-byte ed25519 public key inside a peer id. @throws {IdError} ID_BAD_PEER_ID. */
export function publicKeyOfPeerId(peerId: string): Uint8Array {
  const publicKey = PEER_ID_TEXT.test(peerId)
    ? base58btc.baseDecode(peerId).slice(PREFIX.length)
    : undefined
  if (
    publicKey === undefined ||
    publicKey.length !== KEY_BYTES ||
    peerIdFromPublicKey(publicKey) !== peerId
  ) {
    throw new IdError('not the peer id of an ed25519 key', { code: 'ID_BAD_PEER_ID' })
  }
  return publicKey
}

/** Whether `text` is the peer id of an ed25519 key, in its one valid spelling. */
export function isPeerId(text: unknown): text is PeerIdText {
  if (typeof text !== 'string') return false
  try {
    publicKeyOfPeerId(text)
    return true
  } catch {
    // The only thing it throws is "not a peer id".
    return false
  }
}
