import { rename, writeFile } from 'node:fs/promises'

/** Writes a page for its owner only, in one step: a reader never sees half of it. */
export async function writePage(path: string, page: string): Promise<void> {
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, page, { mode: 0o600 })
  await rename(draft, path)
}
