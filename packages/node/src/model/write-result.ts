import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { FedError, UserError } from '@fednode/protocol'
import { writePrivate } from '../runtime/write-private.ts'

/**
 * Writes what a command was asked for, readable by its owner only and whole or not at all; makes the folder where it is not there.
 * @throws {UserError} usage CANNOT_WRITE, and what the content throws.
 */
export async function writeResult(
  file: string,
  content: Uint8Array | Iterable<string>,
): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true })
    await writePrivate(file, content)
  } catch (cause) {
    // Not the disk: what was to be written could not be made.
    if (cause instanceof FedError) throw cause
    const why = cause instanceof Error && 'code' in cause ? String(cause.code) : String(cause)
    throw new UserError('usage', `--out ${file}: cannot be written (${why})`, {
      code: 'CANNOT_WRITE',
      hint: 'Give a place where this user may write.',
      cause,
    })
  }
}
