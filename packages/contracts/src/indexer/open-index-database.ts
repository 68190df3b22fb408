import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { IndexError } from './index-error.ts'
import { INDEX_SCHEMA, INDEX_VERSION } from './index-schema.ts'

/** How long a statement waits for another process that writes the same index, in ms. */
const BUSY_TIMEOUT_MS = 5_000
/** What somebody looks at is nobody else's business (T42). */
const FILE_MODE = 0o600
/** SQLITE_CORRUPT and SQLITE_NOTADB (https://sqlite.org/rescode.html). */
const DAMAGE: readonly number[] = [11, 26]
const IN_MEMORY = ':memory:'

/**
 * Opens the index of one federation, creating it when absent. WAL with synchronous = NORMAL: a killed process loses nothing, a
 * power cut may lose the last ranges, which the chain still has.
 * @param owner - whose index it is. @throws {IndexError} INDEX_OF_ANOTHER, INDEX_DAMAGED.
 */
export function openIndexDatabase(path: string, owner: string): DatabaseSync {
  if (path !== IN_MEMORY) closeSync(openSync(path, 'a', FILE_MODE))
  const database = new DatabaseSync(path, { timeout: BUSY_TIMEOUT_MS })
  try {
    database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON',
    )
    transact(database, () => prepareTables(database, owner))
    checkOwner(database, path, owner)
    return database
  } catch (error) {
    database.close()
    throw explainDamage(path, error)
  }
}

/** Runs `work` in one transaction: all of its writes stay when this returns, none if it throws. */
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

/** What SQLite throws of a damaged file, as an IndexError; anything else as it is. */
export function explainDamage(path: string, error: unknown): unknown {
  if (!isDamage(error)) return error
  return new IndexError('INDEX_DAMAGED', `${path} is no index, or damaged`, { cause: error })
}

function prepareTables(database: DatabaseSync, owner: string): void {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() ?? {}
  if (version === INDEX_VERSION) return
  for (const table of ['checkpoint', 'event', 'block', 'owner']) {
    database.exec(`DROP TABLE IF EXISTS ${table}`)
  }
  database.exec(`${INDEX_SCHEMA}; PRAGMA user_version = ${INDEX_VERSION}`)
  database.prepare('INSERT INTO owner VALUES (?)').run(owner)
}

function checkOwner(database: DatabaseSync, path: string, expected: string): void {
  const actual = String(database.prepare('SELECT text FROM owner').get()?.text)
  if (actual === expected) return
  const message = `${path} is the index of ${actual}, not of ${expected}`
  throw new IndexError('INDEX_OF_ANOTHER', message)
}

function isDamage(error: unknown): boolean {
  if (!(error instanceof Error) || !('errcode' in error)) return false
  // The low byte; the others say more closely what SQLite met.
  return DAMAGE.includes(Number(error.errcode) & 0xff)
}
