import { open } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { printable } from '@fednode/protocol'
import { dataError } from './data-error.ts'

/** A data file that exists, is readable and is not empty. */
export type DataFile = {
  /** Absolute path. */
  readonly path: string
  /** Last part of the path, safe for a terminal. */
  readonly name: string
  readonly format: 'csv' | 'csv.gz' | 'parquet' | 'safetensors'
  readonly sizeBytes: number
}

const FORMATS = [
  ['.safetensors', 'safetensors'],
  ['.parquet', 'parquet'],
  ['.csv.gz', 'csv.gz'],
  ['.tsv.gz', 'csv.gz'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.txt', 'csv'],
  ['.data', 'csv'],
] as const

/**
 * Looks at a data file before anything reads it.
 * @throws {UserError} DATA_FILE_NOT_FOUND, DATA_FILE_UNREADABLE, DATA_FILE_EMPTY, DATA_FORMAT_UNKNOWN.
 */
export async function inspectDataFile(path: string): Promise<DataFile> {
  const name = printable(basename(path))
  const sizeBytes = await sizeOfFile(path)
  const format = FORMATS.find(([ending]) => path.toLowerCase().endsWith(ending))?.[1]
  if (format === undefined)
    throw dataError(
      'DATA_FORMAT_UNKNOWN',
      `${name}: the ending does not say which format this is`,
      {
        hint: 'Tables end in .csv, .tsv, .csv.gz or .parquet, arrays in .safetensors.',
      },
    )
  if (sizeBytes === 0) throw dataError('DATA_FILE_EMPTY', `${name} is empty`)
  return { path: resolve(path), name, format, sizeBytes }
}

async function sizeOfFile(path: string): Promise<number> {
  const shown = printable(path)
  try {
    await using file = await open(path, 'r')
    const stats = await file.stat()
    if (stats.isFile()) return stats.size
  } catch (cause) {
    const isAbsent = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    if (isAbsent)
      throw dataError('DATA_FILE_NOT_FOUND', `there is no file ${shown}`, {
        hint: 'Check the path given with --data.',
        cause,
      })
    throw dataError('DATA_FILE_UNREADABLE', `${shown} cannot be read`, {
      hint: 'Check that this user may read the file.',
      cause,
    })
  }
  throw dataError('DATA_FILE_UNREADABLE', `${shown} is not a regular file`)
}
