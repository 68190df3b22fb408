import { readFileSync } from 'node:fs'
import path from 'node:path'
import { EngineError } from '../errors.ts'
import { type EnginePlace, folderOf, type InstalledBackend } from './engine-place.ts'

/** Written last by the installation: a folder without it is half an engine. */
export const INSTALLED_FILE = 'installed.json'

/** What an installation says of itself. */
export type InstalledEngine = {
  /** Of the npm package. */
  readonly version: string
  /** What computes, for example "TensorFlow 2.21.0". */
  readonly library: string
}

/**
 * Reads what is installed of a back end; undefined where nothing is.
 * @throws {EngineError} BACKEND_UNAVAILABLE where the file is no such record.
 */
export function readInstalled(
  backend: InstalledBackend,
  place: EnginePlace,
): InstalledEngine | undefined {
  const file = path.join(folderOf(backend, place), INSTALLED_FILE)
  let record: unknown
  try {
    record = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    if (isMissing(cause)) return undefined
    throw damaged(backend, file, cause)
  }
  if (!isRecord(record)) throw damaged(backend, file)
  return { version: record.version, library: record.library }
}

function isRecord(value: unknown): value is InstalledEngine {
  if (typeof value !== 'object' || value === null) return false
  const { version, library } = value as Readonly<Record<string, unknown>>
  return typeof version === 'string' && typeof library === 'string'
}

function isMissing(cause: unknown): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
}

function damaged(backend: string, file: string, cause?: unknown): EngineError {
  return new EngineError(
    `${file} is damaged: install ${backend} again`,
    { code: 'BACKEND_UNAVAILABLE', backend },
    cause === undefined ? undefined : { cause },
  )
}
