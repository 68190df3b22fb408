import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { UserError } from '@fednode/protocol'
import { z } from 'zod'

const LOCK_FILE = 'lock.sqlite'
const OWNER_FILE = 'lock.json'
const FILE_MODE = 0o600
/** Result code of SQLite: another connection holds the lock (https://sqlite.org/rescode.html#busy). */
const SQLITE_BUSY = 5

// A lock that its owner lost sight of must not be collected: that would close the file and free the directory.
const held = new Set<DatabaseSync>()

const ownerSchema = z.strictObject({
  pid: z.int().positive(),
  host: z.string().max(255),
  startedAt: z.string().max(40),
})

/** Who holds, or held, a data directory. */
export type LockOwner = z.infer<typeof ownerSchema>

export type DirectoryLock = {
  /** Set when the previous owner died without releasing: its lock was taken over, its journal is continued. */
  readonly takenOver?: LockOwner
  /** Idempotent. */
  release(): void
}

/**
 * Makes this process the only one on a data directory (T43). The lock itself is the operating system's lock on an SQLite file:
 * it ends with the process, however that dies, so there is no stale lock to guess about. A plain file beside it says who
 * holds it, for people.
 * @throws {UserError} DIRECTORY_LOCKED (refused) when a living process holds it.
 */
export function acquireDirectoryLock(directory: string): DirectoryLock {
  const ownerPath = join(directory, OWNER_FILE)
  const lockPath = join(directory, LOCK_FILE)
  createOnce(lockPath)
  const database = new DatabaseSync(lockPath, { timeout: 0 })
  const previous = readLockOwner(directory)
  try {
    // In exclusive mode the lock of the first write is kept until the file is closed or the process ends.
    database.exec(
      'PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE; PRAGMA user_version = 1; COMMIT',
    )
  } catch (cause) {
    database.close()
    throw isBusy(cause) ? lockedError(directory, previous, cause) : cause
  }
  const owner = { pid: process.pid, host: hostname(), startedAt: new Date().toISOString() }
  writeFileSync(ownerPath, `${JSON.stringify(owner)}\n`, { mode: FILE_MODE })
  held.add(database)
  const release = (): void => {
    if (!held.delete(database)) return
    rmSync(ownerPath, { force: true })
    database.close()
  }
  return previous === undefined ? { release } : { release, takenOver: previous }
}

// Opening and closing an existing lock file would drop this process's own lock on it (POSIX), hence `wx`.
function createOnce(path: string): void {
  if (!existsSync(path)) writeFileSync(path, '', { flag: 'wx', mode: FILE_MODE })
}

/** Who says that it holds `directory`; after a crash that process may be gone. */
export function readLockOwner(directory: string): LockOwner | undefined {
  try {
    return ownerSchema.parse(JSON.parse(readFileSync(join(directory, OWNER_FILE), 'utf8')))
  } catch {
    // Absent, half written by a crash, or edited: the lock does not depend on it.
    return undefined
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY
}

function lockedError(directory: string, owner: LockOwner | undefined, cause: unknown): UserError {
  const who =
    owner === undefined
      ? 'another process'
      : `process ${owner.pid} on ${owner.host} since ${owner.startedAt}`
  return new UserError('refused', `${directory} is in use by ${who}`, {
    code: 'DIRECTORY_LOCKED',
    hint: 'One process per data directory. Stop the other one, or use another --dir.',
    cause,
  })
}
