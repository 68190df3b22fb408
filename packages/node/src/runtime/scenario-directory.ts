import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { acquireDirectoryLock, type DirectoryLock, JOURNAL_FILE } from '@fednode/aggregator'
import { type AddressText, checkPrivateMode } from '@fednode/protocol'
import { AUDIT_FILE } from '../audit/read-audit-log.ts'
import { SILO_JOURNAL_FILE } from '../silo/read-silo-journal.ts'

/** What one participant keeps of one federation: <dir>/scenarios/<address>/. */
export type ScenarioPaths = {
  readonly directory: string
  /** The aggregator's. */
  readonly journal: string
  /** A silo's; another file, so that no command takes one for the other. */
  readonly siloJournal: string
  readonly blobs: string
  /** A silo's log of what left it. */
  readonly audit: string
  /** What a round cannot hold in memory; worthless after it. */
  readonly scratch: string
  /** The trained model, after the last round. */
  readonly model: string
}

/** Where things lie; creates nothing. */
export function scenarioPaths(dataDirectory: string, scenario: AddressText): ScenarioPaths {
  const directory = path.join(dataDirectory, 'scenarios', scenario.toLowerCase())
  return {
    directory,
    journal: path.join(directory, JOURNAL_FILE),
    siloJournal: path.join(directory, SILO_JOURNAL_FILE),
    blobs: path.join(directory, 'blobs'),
    audit: path.join(directory, AUDIT_FILE),
    scratch: path.join(directory, 'scratch'),
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
