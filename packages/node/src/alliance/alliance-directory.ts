import { chmodSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { acquireDirectoryLock, type DirectoryLock } from '@fednode/aggregator'
import { type AddressText, checkPrivateMode } from '@fednode/protocol'

/** What one participant keeps of one alliance: <dir>/alliances/<scope>/. */
export type AlliancePaths = {
  readonly directory: string
  readonly journal: string
  readonly blobs: string
  /** The trained model, after the last round. */
  readonly model: string
}

/**
 * Makes the directory, private (T42), and this process its only user (T43).
 * @throws {UserError} DIRECTORY_LOCKED, NOT_PRIVATE.
 */
export function openAllianceDirectory(
  dataDirectory: string,
  scope: AddressText,
): AlliancePaths & { readonly lock: DirectoryLock } {
  const directory = path.join(dataDirectory, 'alliances', scope.toLowerCase())
  const isNew = mkdirSync(directory, { recursive: true, mode: 0o700 }) !== undefined
  // mkdir's mode passes through the umask.
  if (isNew) chmodSync(directory, 0o700)
  checkPrivateMode(directory)
  return {
    directory,
    journal: path.join(directory, 'alliance.sqlite'),
    blobs: path.join(directory, 'blobs'),
    model: path.join(directory, 'model.safetensors'),
    lock: acquireDirectoryLock(directory),
  }
}
