import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'

/** The data sets lie beside the checkout and are never copied into it; their README files say where they come from. */
const ROOT = path.join(import.meta.dirname, '../../../../shared/data')

/** A data set that experiments use when this machine has it. */
export type SharedDataName =
  | 'mnist'
  | 'heart-disease'
  | 'lending-club'
  | 'tcga-brca'
  | 'glucose-shanghai'
  | 'sentiment-3-sites'

/** Whether this machine has the data set; who needs it skips with a message when not. */
export function hasSharedData(name: SharedDataName): boolean {
  return existsSync(path.join(ROOT, name, 'README.md'))
}

/** Where a file of a data set lies. */
export function sharedDataPath(name: SharedDataName, file: string): string {
  return path.join(ROOT, name, file)
}

/** The bytes of one file of a data set; a file that ends in .gz is unpacked. */
export function readSharedData(name: SharedDataName, file: string): Buffer {
  const bytes = readFileSync(sharedDataPath(name, file))
  return file.endsWith('.gz') ? gunzipSync(bytes) : bytes
}
