import { randomUUID } from 'node:crypto'
import { closeSync, mkdirSync, openSync, unlinkSync } from 'node:fs'
import { join } from 'node:path'

const PRIVATE_FILE = 0o600
const PRIVATE_DIRECTORY = 0o700

/**
 * Opens a new file that only its owner may read, and takes its name away before anything is written: nobody else can open it, and the
 * system frees it when this process ends, however it ends (unlink(2): "the file remains in existence until the last file descriptor
 * referring to it is closed").
 * @param directory - is made where it is not there.
 * @returns its descriptor, for reading and writing. @throws what the file system says.
 */
export function openNamelessFile(directory: string): number {
  mkdirSync(directory, { recursive: true, mode: PRIVATE_DIRECTORY })
  const path = join(directory, `rows-${randomUUID()}`)
  const descriptor = openSync(path, 'wx+', PRIVATE_FILE)
  try {
    unlinkSync(path)
    return descriptor
  } catch (error) {
    closeSync(descriptor)
    throw error
  }
}
