import { UserError } from '@fednode/protocol'
import { createPrivateFile, readPrivateFile } from './private-file.ts'

/** "0x", 64 hex digits, a line end; anything longer is not a key of ours. */
const MAX_KEY_FILE_BYTES = 80
const KEY_TEXT = /^0x[0-9a-f]{64}\s*$/

/**
 * Writes 32 secret bytes as one line of 0x-hex, readable by the owner only. Never overwrites.
 * @throws {Error} EEXIST when there is a file already.
 */
export function writeKeyFile(file: string, secret: Uint8Array): Promise<void> {
  return createPrivateFile(file, `0x${Buffer.from(secret).toString('hex')}\n`)
}

/**
 * Reads the 32 secret bytes of a key file.
 * @throws {UserError} as readPrivateFile; BAD_KEY_FILE (usage) also for anything that is not a key.
 */
export async function readKeyFile(file: string): Promise<Uint8Array> {
  const text = await readPrivateFile(file, { maxBytes: MAX_KEY_FILE_BYTES, malformed })
  if (!KEY_TEXT.test(text)) throw malformed(file)
  return Uint8Array.from(Buffer.from(text.slice(2, 66), 'hex'))
}

function malformed(file: string): UserError {
  return new UserError('usage', `${file}: not a key file (one line: 0x and 64 hex digits)`, {
    code: 'BAD_KEY_FILE',
    hint: 'Restore it from a backup; a new key is a new participant.',
  })
}
