import { randomBytes, randomUUID } from 'node:crypto'
import { applyCipher, macOf } from './cipher.ts'
import { deriveKey } from './derive-key.ts'

/** Cost of new files, as geth's standard: 256 MiB and about a second. */
export const STANDARD_COST: ScryptCost = { n: 2 ** 18, r: 8, p: 1 }

/** Cost of scrypt (RFC 7914). */
export type ScryptCost = { readonly n: number; readonly r: number; readonly p: number }

const SALT_BYTES = 32
const IV_BYTES = 16
const DERIVED_BYTES = 32

/**
 * Encrypts an account's private key under a password (Web3 Secret Storage, version 3).
 * @param secret - 32 bytes. @param address - lower-case 0x-hex.
 * @returns the JSON text of the file; salt, counter and id are drawn anew.
 */
export async function encryptKeystore(
  { secret, address }: { readonly secret: Uint8Array; readonly address: `0x${string}` },
  password: string,
  cost: ScryptCost = STANDARD_COST,
): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const iv = randomBytes(IV_BYTES)
  const derivedKey = await deriveKey({ kind: 'scrypt', salt, ...cost }, password)
  const ciphertext = applyCipher(derivedKey, { iv, bytes: secret })
  const file = {
    version: 3,
    id: randomUUID(),
    address: address.slice(2),
    crypto: {
      cipher: 'aes-128-ctr',
      cipherparams: { iv: hex(iv) },
      ciphertext: hex(ciphertext),
      kdf: 'scrypt',
      kdfparams: { dklen: DERIVED_BYTES, salt: hex(salt), ...cost },
      mac: hex(macOf(derivedKey, ciphertext)),
    },
  }
  return `${JSON.stringify(file, null, 2)}\n`
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
