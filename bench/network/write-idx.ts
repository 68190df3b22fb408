import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Dataset } from '../../packages/engine/src/index.ts'

const UNSIGNED_BYTES = 8

/**
 * Writes digits as two IDX files, images and labels (http://yann.lecun.com/exdb/mnist).
 * @returns the path of the images.
 */
export async function writeIdx(directory: string, data: Dataset): Promise<string> {
  const { features, targets, count, featureShape } = data
  if (!(features instanceof Uint8Array) || targets.kind !== 'classes') {
    throw new TypeError('only digits are written as IDX')
  }
  const images = path.join(directory, 'images-idx3-ubyte')
  await writeFile(images, idx([count, ...featureShape], features))
  const labels = path.join(directory, 'labels-idx1-ubyte')
  await writeFile(labels, idx([count], Uint8Array.from(targets.labels)))
  return images
}

function idx(dimensions: readonly number[], values: Uint8Array): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length)
  head.set([0, 0, UNSIGNED_BYTES, dimensions.length])
  for (const [at, length] of dimensions.entries()) head.writeUInt32BE(length, 4 + 4 * at)
  return Buffer.concat([head, values])
}
