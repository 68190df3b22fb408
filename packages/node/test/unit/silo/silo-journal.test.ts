import { statSync } from 'node:fs'
import path from 'node:path'
import { cidOfBytes } from '@fednode/protocol'
import { expect, test } from 'vitest'
import { createSiloJournal } from '../../../src/silo/silo-journal.ts'
import { temporaryDirectory } from '../temporary-directory.ts'

const base = { cid: cidOfBytes(Uint8Array.of(1)), size: 5 }
const trained = {
  base: base.cid,
  update: { cid: cidOfBytes(Uint8Array.of(2)), size: 6 },
  samples: 10,
  trainMs: 20,
  lossMicros: 300_000,
}
const result = { round: 1, last: false, model: base }

function reopen(file: string) {
  return createSiloJournal(file)
}

test('T44: what was written is there after the process is gone', () => {
  const file = path.join(temporaryDirectory(), 'journal.sqlite')
  const journal = reopen(file)
  expect(journal.lastResult()).toBeUndefined()
  journal.saveBase(1, base)
  journal.saveUpdate(1, trained)
  journal.saveReceipt(1, true)
  journal.saveResult(1, result)
  // Not closed: as after kill -9.
  const again = reopen(file)
  expect(again.update(1)).toEqual(trained)
  expect(again.lastResult()).toEqual(result)
  expect(again.blobs()).toEqual({ models: [base.cid], updates: [trained.update.cid] })
})

test('an update of another base than the one that is open is not written', () => {
  const journal = reopen(path.join(temporaryDirectory(), 'journal.sqlite'))
  journal.saveBase(1, base)
  journal.saveUpdate(1, { ...trained, base: trained.update.cid })
  expect(journal.update(1)).toBeUndefined()
})

test('T42: the journal is readable by its owner only', () => {
  const file = path.join(temporaryDirectory(), 'journal.sqlite')
  reopen(file).saveBase(1, base)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('the last result is that of the highest round', () => {
  const journal = reopen(path.join(temporaryDirectory(), 'journal.sqlite'))
  for (const round of [1, 2, 10]) {
    journal.saveBase(round, base)
    journal.saveResult(round, { ...result, round })
  }
  expect(journal.lastResult()?.round).toBe(10)
})
