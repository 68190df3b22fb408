import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { FedError } from '@fednode/protocol'
import { writePrivate } from '../runtime/write-private.ts'
import { cannotWrite } from './cannot-write.ts'

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
    throw cannotWrite(file, cause)
  }
}
