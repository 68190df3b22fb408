import { readFile } from 'node:fs/promises'
import type { ArrayData } from '@fednode/protocol'
import type { DataFile } from './data-file.ts'
import { decodeImage } from './decode-image.ts'
import { listImages } from './list-images.ts'
import type { KeptArrays } from './raw-arrays.ts'
import type { RowBuffer } from './row-buffer.ts'

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
