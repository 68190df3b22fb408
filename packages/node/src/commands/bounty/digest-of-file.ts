import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { UserError } from '@fednode/protocol'

/** SHA-256 of a file, 0x and 64 hex digits. @throws {UserError} NO_FILE (usage). */
export async function digestOfFile(file: string): Promise<`0x${string}`> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch (cause) {
    throw new UserError('usage', `${file}: cannot be read`, { code: 'NO_FILE', cause })
  }
  return `0x${hash.digest('hex')}`
}
