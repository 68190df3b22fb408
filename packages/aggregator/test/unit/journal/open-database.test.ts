import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
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

it('T44: names a damaged page when it opens, before any query meets it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'fednode-database-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  const path = join(directory, 'journal.sqlite')
  openDatabase(path, { migrations: MIGRATIONS }).close()
  const intact = readFileSync(path)
  const [page, pages] = [4_096, intact.length / 4_096]
  expect(pages).toBeGreaterThan(1)
  for (let number = 1; number < pages; number++) {
    writeFileSync(path, Uint8Array.from(intact).fill(0xa5, number * page, (number + 1) * page))
    for (const readOnly of [true, false])
      expect(() => openDatabase(path, { migrations: MIGRATIONS, readOnly })).toThrow(
        expect.objectContaining({ code: 'JOURNAL_CORRUPT' }),
      )
  }
  writeFileSync(path, intact)
  openDatabase(path, { migrations: MIGRATIONS }).close()
})
