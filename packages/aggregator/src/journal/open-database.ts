import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { JournalError } from './journal-error.ts'

/** How long a statement waits for another process (an operator's command) to finish its write, in ms. */
const BUSY_TIMEOUT_MS = 5_000
/** Readable and writable by the owner only (T42); SQLite gives its -wal and -shm files the same mode. */
const FILE_MODE = 0o600
/** SQLITE_CORRUPT and SQLITE_NOTADB (https://sqlite.org/rescode.html). */
const DAMAGE: readonly number[] = [11, 26]

export type DatabaseOptions = {
  /** SQL scripts; the n-th brings a database of version n to n + 1. Never edit one that was released. */
  readonly migrations: readonly string[]
  /** Opens an existing file for queries only, also while another process writes. */
  readonly readOnly?: boolean
}

/**
 * Opens an SQLite database in WAL mode with every commit synced to the disk (T44), and migrates it.
 * @param path - the file; created with mode 0600 when it does not exist.
 * @throws {JournalError} JOURNAL_TOO_NEW when a newer version of fednode wrote it; JOURNAL_CORRUPT when it is no database, or a damaged one.
 */
export function openDatabase(path: string, options: DatabaseOptions): DatabaseSync {
  const { migrations, readOnly = false } = options
  if (!readOnly) createPrivately(path)
  const database = new DatabaseSync(path, { readOnly, timeout: BUSY_TIMEOUT_MS })
  try {
    if (!readOnly) database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL')
    database.exec('PRAGMA foreign_keys = ON')
    checkPages(database, path)
    migrate(database, path, { migrations, readOnly })
    return database
  } catch (error) {
    database.close()
    throw damaged(error) ? corrupt(path, error) : error
  }
}

/** Reads every page: a damaged one is found now, and not by the query that meets it in the middle of a round. */
function checkPages(database: DatabaseSync, path: string): void {
  const result = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
  if (result !== 'ok') throw corrupt(path, { message: String(result).replaceAll('\n', ' ') })
}

/** Runs `work` in one transaction: all of its writes are durable when this returns, none if it throws. */
export function transact<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK')
    throw error
  }
}

function damaged(error: unknown): error is Error {
  if (!(error instanceof Error) || !('errcode' in error)) return false
  // The low byte; the others say more closely what SQLite met.
  return DAMAGE.includes(Number(error.errcode) & 0xff)
}

function corrupt(path: string, { message }: Pick<Error, 'message'>): JournalError {
  return new JournalError(`${path}: ${message}; restore it from a backup`, {
    code: 'JOURNAL_CORRUPT',
    path,
    what: message,
  })
}

function createPrivately(path: string): void {
  closeSync(openSync(path, 'a', FILE_MODE))
}

function migrate(
  database: DatabaseSync,
  path: string,
  options: { readonly migrations: readonly string[]; readonly readOnly: boolean },
): void {
  const { migrations, readOnly } = options
  const found = versionOf(database)
  if (found > migrations.length || (readOnly && found < migrations.length)) {
    const message = `${path} has version ${found}, this fednode knows ${migrations.length}`
    throw new JournalError(message, {
      code: 'JOURNAL_TOO_NEW',
      path,
      found,
      known: migrations.length,
    })
  }
  for (const [version, sql] of migrations.entries()) {
    if (version < found) continue
    transact(database, () => database.exec(`${sql}; PRAGMA user_version = ${version + 1}`))
  }
}

function versionOf(database: DatabaseSync): number {
  const version = database.prepare('PRAGMA user_version').get()?.user_version
  return typeof version === 'number' ? version : 0
}
