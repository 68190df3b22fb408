import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'

// Fixed DER heads of RFC 8410 around the raw 32 bytes.
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex')
const SPKI_HEAD = Buffer.from('302a300506032b6570032100', 'hex')
const KEY_BYTES = 32
const SIGNATURE_BYTES = 64
// Public keys of small order, without the sign bit: under them anybody can sign anything, so a signature would prove nothing.
// The list of libsodium (ed25519 has_small_order).
const WEAK_KEYS: ReadonlySet<string> = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
])

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
  if (isWeakKey(publicKey)) return false
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

function isWeakKey(publicKey: Uint8Array): boolean {
  const unsigned = Buffer.from(publicKey)
  unsigned[KEY_BYTES - 1] = (unsigned[KEY_BYTES - 1] ?? 0) & 0x7f
  return WEAK_KEYS.has(unsigned.toString('hex'))
}
