import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openDatabase } from '../../../src/journal/open-database.ts'

const MIGRATIONS = ['CREATE TABLE thing (id INTEGER PRIMARY KEY) STRICT']

it.each([true, false])(
  'refuses a file that is no database (read only: %s), and leaves it',
  (readOnly) => {
    const directory = mkdtempSync(join(tmpdir(), 'fednode-database-'))
    onTestFinished(() => rmSync(directory, { recursive: true }))
    const path = join(directory, 'journal.sqlite')
    writeFileSync(path, 'not a database, but long enough to be looked at. '.repeat(10))
    expect(() => openDatabase(path, { migrations: MIGRATIONS, readOnly })).toThrow(
      expect.objectContaining({ code: 'JOURNAL_CORRUPT', message: expect.stringContaining(path) }),
    )
  },
)
