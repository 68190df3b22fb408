import { createCipheriv } from 'node:crypto'
import { hexToBytes, keccak256 } from 'viem'

const CIPHER = 'aes-128-ctr'
const HALF = 16

/** AES-128-CTR with the first half of the derived key; the same call encrypts and decrypts. */
export function applyCipher(
  derivedKey: Uint8Array,
  { iv, bytes }: { readonly iv: Uint8Array; readonly bytes: Uint8Array },
): Uint8Array {
  const cipher = createCipheriv(CIPHER, derivedKey.subarray(0, HALF), iv)
  return Uint8Array.from([...cipher.update(bytes), ...cipher.final()])
}

/** What proves the password before anything is decrypted: keccak-256 over the key's second half and the ciphertext. */
export function macOf(derivedKey: Uint8Array, ciphertext: Uint8Array): Uint8Array {
  const half = derivedKey.subarray(HALF, 2 * HALF)
  return hexToBytes(keccak256(Uint8Array.from([...half, ...ciphertext])))
}
