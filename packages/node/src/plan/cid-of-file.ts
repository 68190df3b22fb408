import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import { type Cid, cidFromDigest, UserError } from '@fednode/protocol'

/**
 * CID of a file's bytes (raw codec), read as a stream: the file may be larger than memory.
 * @throws {UserError} data FILE_UNREADABLE.
 */
export async function cidOfFile(file: string): Promise<Cid> {
  const hash = createHash('sha256')
  try {
    await pipeline(createReadStream(file), hash)
  } catch (cause) {
    throw new UserError('data', `${file}: cannot be read`, { code: 'FILE_UNREADABLE', cause })
  }
  return cidFromDigest(`0x${hash.digest('hex')}`, 'raw')
}
