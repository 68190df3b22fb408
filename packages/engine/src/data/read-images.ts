import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ArrayData, printable } from '@fednode/protocol'
import { dataError, listed, quoted } from './data-error.ts'
import type { DataFile } from './data-file.ts'
import { decodeImage } from './decode-image.ts'
import type { KeptArrays } from './raw-arrays.ts'
import type { RowBuffer } from './row-buffer.ts'

/** A picture, by the path within its folder; `label` is the position of its class, 0 where there are none. */
type Image = { readonly path: string; readonly name: string; readonly label: number }

/**
 * Reads a folder of PNG and JPEG images: one folder for each class, named after it; all images in the folder itself where there are no
 * classes. Rows are in the order of the classes, then of the file names.
 * @throws {UserError} DATA_BAD_IMAGE for another size or format, DATA_BAD_LABEL for a folder that is no class, and what the buffer throws.
 */
export async function readImages<Kept>(
  file: DataFile,
  data: ArrayData,
  buffer: RowBuffer<Uint8Array, Kept>,
): Promise<KeptArrays<Kept>> {
  const { shape, classes } = data
  const images = await listImages(file, data)
  for (const { path, name } of images) {
    buffer.next().set(decodeImage(await readFile(path), { name, shape }))
    buffer.keep()
  }
  const labels = Uint8Array.from(images, ({ label }) => label)
  return { labels: classes === undefined ? undefined : labels, ...buffer.finish() }
}

/** The pictures of a folder in the order of their rows. @throws {UserError} DATA_BAD_LABEL. */
export async function listImages(
  file: DataFile,
  { classes }: Pick<ArrayData, 'classes'>,
): Promise<readonly Image[]> {
  return classes === undefined ? imagesIn(file.path, '', 0) : imagesOf(file, classes)
}

async function imagesOf(file: DataFile, classes: readonly string[]): Promise<readonly Image[]> {
  const entries = await readdir(file.path, { withFileTypes: true })
  const folders = entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
  const unknown = folders.find((name) => !classes.includes(name))
  if (unknown !== undefined)
    throw dataError(
      'DATA_BAD_LABEL',
      `${file.name}: folder ${quoted(unknown)} is not one of: ${listed(classes)}`,
      { hint: 'Every folder is a class, and is called as the manifest names it.' },
    )
  const found = classes.map((name, label) =>
    folders.includes(name) ? imagesIn(join(file.path, name), `${name}/`, label) : [],
  )
  return (await Promise.all(found)).flat()
}

async function imagesIn(folder: string, prefix: string, label: number): Promise<readonly Image[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map(({ name }) => ({ path: join(folder, name), name: printable(`${prefix}${name}`), label }))
    .sort((a, b) => (a.path < b.path ? -1 : 1))
}
