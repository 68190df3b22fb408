import { open, rename, rm } from 'node:fs/promises'
import path from 'node:path'

const PRIVATE_FILE = 0o600

/** Writes a file that its owner only may read, whole or not at all, and for good: write, fsync, rename, fsync of the directory (T42, T44). */
export async function writePrivate(
  file: string,
  content: Uint8Array | Iterable<string>,
): Promise<void> {
  const temporary = `${file}.new`
  const handle = await open(temporary, 'w', PRIVATE_FILE)
  try {
    // The mode of open() is for new files only.
    await handle.chmod(PRIVATE_FILE)
    await handle.writeFile(content)
    await handle.sync()
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
  await syncDirectory(path.dirname(file))
}

/** A rename is durable only when its directory is. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
