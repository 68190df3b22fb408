import { randomBytes } from 'node:crypto'
import { privateKeyOfSeed, publicKeyOf, signEd25519 } from './ed25519.ts'
import type { PeerIdText } from './ids.ts'
import { IdError } from './ids-error.ts'
import { peerIdFromPublicKey } from './peer-id.ts'

const SEED_BYTES = 32

/** The ed25519 identity of one peer. Printing or serialising it shows no secret (T41). */
export type PeerKey = {
  /** 32 bytes. */
  readonly publicKey: Uint8Array
  readonly peerId: PeerIdText
  /** Signature of 64 bytes. */
  sign(bytes: Uint8Array): Uint8Array
  /** The 32-byte secret, for the key file and for libp2p; never for a log. */
  exportSeed(): Uint8Array
}

/** The peer key of a 32-byte seed (RFC 8032 private key). @throws {IdError} ID_BAD_KEY. */
export function createPeerKey(seed: Uint8Array): PeerKey {
  if (seed.length !== SEED_BYTES) {
    throw new IdError(`a seed of ${seed.length} bytes, not ${SEED_BYTES}`, {
      code: 'ID_BAD_KEY',
      size: seed.length,
    })
  }
  const secret = Uint8Array.from(seed)
  const privateKey = privateKeyOfSeed(secret)
  const publicKey = publicKeyOf(privateKey)
  return {
    publicKey,
    peerId: peerIdFromPublicKey(publicKey),
    sign: (bytes) => signEd25519(privateKey, bytes),
    exportSeed: () => Uint8Array.from(secret),
  }
}

/** A new random peer key. */
export function generatePeerKey(): PeerKey {
  return createPeerKey(randomBytes(SEED_BYTES))
}
