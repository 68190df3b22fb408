import type { DataSpec } from '@fednode/protocol'
import { inspectDataFile } from './data-file.ts'
import { listImages } from './list-images.ts'
import { labelsPath } from './read-idx.ts'

/** A file of a data set that has several; `name` is the same wherever the data set lies. */
export type DataPart = { readonly name: string; readonly path: string }

/**
 * The files that a data set is read from, when there is more than one: images and labels of IDX, the pictures of a folder in the order of
 * their rows. Undefined where the file named is all of it.
 * @throws {UserError} as readDataset, where files are missing or called otherwise.
 */
export async function dataParts(
  source: string,
  data: DataSpec,
): Promise<readonly DataPart[] | undefined> {
  const file = await inspectDataFile(source)
  if (data.kind !== 'array') return undefined
  if (file.format === 'images') return listImages(file, data)
  if (file.format !== 'idx' || data.classes === undefined) return undefined
  return [
    { name: 'images', path: file.path },
    { name: 'labels', path: labelsPath(file) },
  ]
}
