import { open, stat } from 'node:fs/promises'
import { basename, resolve } from 'node:path'
import { printable } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import { isQuery } from './is-query.ts'

/** How tables and arrays are kept. */
export type DataFormat =
  | 'csv'
  | 'csv.gz'
  | 'json'
  | 'parquet'
  | 'sqlite'
  | 'query'
  | 'safetensors'
  | 'idx'
  | 'images'

/** Data that is there and can be read: a file that is not empty, a folder of images, or a query. */
export type DataFile = {
  /** Absolute path; of a query its text. */
  readonly path: string
  /** Last part of the path, safe for a terminal. */
  readonly name: string
  readonly format: DataFormat
  readonly shape: 'table' | 'arrays'
  /** 0 for a query or a folder. */
  readonly sizeBytes: number
  /** Table of an SQLite file, when it was named: FILE#TABLE. */
  readonly table?: string
}

const TABLES = [
  ['.parquet', 'parquet'],
  ['.csv.gz', 'csv.gz'],
  ['.tsv.gz', 'csv.gz'],
  ['.csv', 'csv'],
  ['.tsv', 'csv'],
  ['.txt', 'csv'],
  ['.data', 'csv'],
  ['.json', 'json'],
  ['.ndjson', 'json'],
  ['.jsonl', 'json'],
  ['.sqlite', 'sqlite'],
  ['.sqlite3', 'sqlite'],
  ['.db', 'sqlite'],
] as const
const ARRAYS = [
  ['.safetensors', 'safetensors'],
  ['.idx', 'idx'],
  ['.idx.gz', 'idx'],
  ['-ubyte', 'idx'],
  ['-ubyte.gz', 'idx'],
] as const
const SQLITE_TABLE = /^(.+\.(?:sqlite3?|db))#([^#]+)$/i

/**
 * Looks at data before anything reads it.
 * @param source - a path, FILE.sqlite#TABLE, or one SELECT.
 * @throws {UserError} DATA_FILE_NOT_FOUND, DATA_FILE_UNREADABLE, DATA_FILE_EMPTY, DATA_FORMAT_UNKNOWN.
 */
export async function inspectDataFile(source: string): Promise<DataFile> {
  if (isQuery(source))
    return { path: source, name: 'the query', format: 'query', shape: 'table', sizeBytes: 0 }
  const [, path = source, table] = SQLITE_TABLE.exec(source) ?? []
  const name = printable(basename(path))
  if (await isFolder(path))
    return { path: resolve(path), name, format: 'images', shape: 'arrays', sizeBytes: 0 }
  const sizeBytes = await sizeOfFile(path)
  const found = formatOf(path)
  if (found === undefined)
    throw dataError(
      'DATA_FORMAT_UNKNOWN',
      `${name}: the ending does not say which format this is`,
      {
        hint: 'Tables end in .csv, .tsv, .csv.gz, .parquet, .json, .ndjson or .sqlite, arrays in .safetensors or -ubyte.gz (IDX); see docs/DATA.md.',
      },
    )
  if (sizeBytes === 0)
    throw dataError('DATA_FILE_EMPTY', `${name} is empty`, {
      hint: 'Check that it was copied whole.',
    })
  const named = table === undefined ? {} : { table }
  return { path: resolve(path), name, sizeBytes, ...found, ...named }
}

function formatOf(path: string): Pick<DataFile, 'format' | 'shape'> | undefined {
  const lower = path.toLowerCase()
  const table = TABLES.find(([ending]) => lower.endsWith(ending))?.[1]
  if (table !== undefined) return { format: table, shape: 'table' }
  const array = ARRAYS.find(([ending]) => lower.endsWith(ending))?.[1]
  return array === undefined ? undefined : { format: array, shape: 'arrays' }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isDirectory(),
    // What is wrong with it is said when it is opened.
    () => false,
  )
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
