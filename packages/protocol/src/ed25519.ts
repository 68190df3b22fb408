import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

// Fixed DER heads of RFC 8410 around the raw 32 bytes.
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64

/** Private key object of a raw 32-byte seed (RFC 8032). */
export function privateKeyOfSeed(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, seed]), format: 'der', type: 'pkcs8' })
}

/** Raw 32-byte public key of a private key. */
export function publicKeyOf(privateKey: KeyObject): Uint8Array {
  const der = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  return Uint8Array.from(der.subarray(SPKI_HEAD.length))
}

/** Ed25519 signature of 64 bytes. */
export function signEd25519(privateKey: KeyObject, bytes: Uint8Array): Uint8Array {
  return Uint8Array.from(sign(null, bytes, privateKey))
}

/** Whether `signature` is that of `publicKey` over `bytes`. Sizes are free: anything from the network may be passed. */
export function verifyEd25519(
  publicKey: Uint8Array,
  bytes: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (publicKey.length !== KEY_BYTES || signature.length !== SIGNATURE_BYTES) return false
  try {
    const key = createPublicKey({
      key: Buffer.concat([SPKI_HEAD, publicKey]),
      format: 'der',
      type: 'spki',
    })
    return verify(null, bytes, key, signature)
  } catch {
    // 32 bytes that are no point of the curve: nobody can have signed with them.
    return false
  }
}
