import { statfs } from 'node:fs/promises'

/** Less free space than this and a round may not fit: a journal page, an update, a model. */
const MIN_FREE_BYTES = 67_108_864

/** Whether the disk of a data directory has room for another round (T45). */
export async function diskHasRoom(directory: string): Promise<boolean> {
  const { bavail, bsize } = await statfs(directory)
  return bavail * bsize >= MIN_FREE_BYTES
}
