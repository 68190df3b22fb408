import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { acquireDirectoryLock, type DirectoryLock } from '@fednode/aggregator'
import { type AddressText, checkPrivateMode } from '@fednode/protocol'

/** What one participant keeps of one federation: <dir>/scenarios/<address>/. */
export type ScenarioPaths = {
  readonly directory: string
  readonly journal: string
  readonly blobs: string
  /** The trained model, after the last round. */
  readonly model: string
}

/** Where things lie; creates nothing. */
export function scenarioPaths(dataDirectory: string, scenario: AddressText): ScenarioPaths {
  const directory = path.join(dataDirectory, 'scenarios', scenario.toLowerCase())
  return {
    directory,
    journal: path.join(directory, 'journal.sqlite'),
    blobs: path.join(directory, 'blobs'),
    model: path.join(directory, 'model.safetensors'),
  }
}

/**
 * Makes the directory, private (T42), and this process its only user (T43).
 * @throws {UserError} DIRECTORY_LOCKED, NOT_PRIVATE.
 */
export function openScenarioDirectory(
  dataDirectory: string,
  scenario: AddressText,
): ScenarioPaths & { readonly lock: DirectoryLock } {
  const paths = scenarioPaths(dataDirectory, scenario)
  const isNew = mkdirSync(paths.directory, { recursive: true, mode: 0o700 }) !== undefined
  // mkdir's mode passes through the umask.
  if (isNew) chmodSync(paths.directory, 0o700)
  checkPrivateMode(paths.directory)
  return { ...paths, lock: acquireDirectoryLock(paths.directory) }
}
