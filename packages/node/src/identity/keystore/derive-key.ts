import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
// Not node:crypto's: OpenSSL refuses N of 2^16 and more with r = 1, which the official vector of the format has.
import { scryptAsync } from '@noble/hashes/scrypt.js'
import type { Kdf } from './keystore.ts'

/** Bytes of the derived key that the format uses; a longer one begins with the same bytes. */
const DERIVED_BYTES = 32

/** 32 bytes: the first 16 encrypt, the other 16 authenticate. Takes about a second, on purpose. */
export async function deriveKey(kdf: Kdf, password: string): Promise<Uint8Array> {
  const { salt } = kdf
  if (kdf.kind === 'pbkdf2') {
    return promisify(pbkdf2)(password, salt, kdf.iterations, DERIVED_BYTES, 'sha256')
  }
  const { n: N, r, p } = kdf
  return scryptAsync(password, salt, { N, r, p, dkLen: DERIVED_BYTES })
}
