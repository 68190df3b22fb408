import { DatabaseSync } from 'node:sqlite'
import { expect, test } from 'vitest'
import { failureOf } from '../../../src/framework/failure.ts'

const signal = new AbortController().signal

test('T45: a database on a full disk is no defect of ours and says what is wrong', () => {
  const database = new DatabaseSync(':memory:')
  database.exec('CREATE TABLE thing (text TEXT); PRAGMA max_page_count = 2')
  const fill = () => database.prepare('INSERT INTO thing VALUES (?)').run('x'.repeat(100_000))
  expect(fill).toThrow(/full/)
  try {
    fill()
  } catch (error) {
    expect(failureOf(error, signal)).toEqual({
      code: 'ENOSPC',
      message: 'a database in the data directory (database or disk is full): the disk is full',
      exitCode: 6,
    })
  }
  expect.assertions(2)
})

test('T45: a wrong statement stays a defect', () => {
  const database = new DatabaseSync(':memory:')
  try {
    database.exec('no SQL')
  } catch (error) {
    expect(failureOf(error, signal)).toMatchObject({ code: 'BUG', exitCode: 1 })
  }
  expect.assertions(1)
})
