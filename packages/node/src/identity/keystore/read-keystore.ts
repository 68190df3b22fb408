import { readPrivateFile } from '../private-file.ts'
import type { Keystore } from './keystore.ts'
import { malformed, parseKeystore } from './parse-keystore.ts'

/** A keystore has half a kilobyte. */
const MAX_KEYSTORE_BYTES = 8_192

/** Reads an encrypted key; decrypts nothing. @throws {UserError} as readPrivateFile and parseKeystore. */
export async function readKeystore(file: string): Promise<Keystore> {
  const limits = { maxBytes: MAX_KEYSTORE_BYTES, malformed }
  return parseKeystore(await readPrivateFile(file, limits), file)
}
