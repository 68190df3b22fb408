import { statSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cidOfBytes, openSignedMessage, type RoundOpen, signMessage } from '@fednode/protocol'
import { expect, test } from 'vitest'
import {
  readConfirmations,
  readConsent,
  readOpenings,
  readSiloRounds,
  SILO_JOURNAL_FILE,
} from '../../../src/silo/read-silo-journal.ts'
import { createSiloJournal } from '../../../src/silo/silo-journal.ts'
import { temporaryDirectory } from '../temporary-directory.ts'
import { aggregatorKey, MANIFEST_CID, NAME, opening, receiptOf, scopeOf } from './harness.ts'

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
  const file = path.join(temporaryDirectory(), SILO_JOURNAL_FILE)
  const journal = reopen(file)
  expect(journal.lastResult()).toBeUndefined()
  journal.saveBase(1, base)
  journal.saveUpdate(1, trained)
  journal.saveReceipt(receiptOf(1, trained.update.cid))
  journal.saveResult(1, result)
  // Not closed: as after kill -9.
  const again = reopen(file)
  expect(again.update(1)).toEqual(trained)
  expect(again.lastResult()).toEqual(result)
  expect(again.blobs()).toEqual({ models: [base.cid], updates: [trained.update.cid] })
})

test('T35: keeps the signed opening of a round, one a term, for what the evidence reveals later', () => {
  const directory = temporaryDirectory()
  const journal = reopen(path.join(directory, SILO_JOURNAL_FILE))
  const signed = (term: number, fill: number) =>
    signMessage(
      {
        ...{ type: 'round-open', ...scopeOf(1, term), ...opening },
        ...{ manifest: MANIFEST_CID, model: base, deadline: 1 },
        commitment: new Uint8Array(32).fill(fill),
      } satisfies RoundOpen,
      aggregatorKey,
    )
  journal.saveOpening(signed(1, 1))
  journal.saveOpening(signed(1, 2))
  journal.saveOpening(signed(2, 3))
  const kept = readOpenings(directory)
  expect(kept.map(({ round }) => round)).toEqual([1, 1])
  const commitments = kept.map(({ envelope }) => {
    const opened = openSignedMessage(envelope)
    return opened.ok && opened.signed.message.type === 'round-open'
      ? opened.signed.message.commitment[0]
      : undefined
  })
  expect(commitments).toEqual([1, 3])
})

test('T5: keeps what the aggregator signed of an own update, so that it cannot be denied later', () => {
  const directory = temporaryDirectory()
  const journal = reopen(path.join(directory, SILO_JOURNAL_FILE))
  const { cid } = trained.update
  expect(journal.played(1)).toBeUndefined()
  journal.saveBase(1, base)
  expect(journal.played(1)).toEqual({})
  journal.saveUpdate(1, trained)
  expect(journal.played(1)).toEqual({ update: cid })
  journal.saveReceipt(receiptOf(1, cid, 'UNAVAILABLE'))
  expect(journal.played(1)?.receipt).toEqual({ accepted: false, code: 'UNAVAILABLE' })
  for (const term of [1, 2]) journal.saveReceipt(receiptOf(1, cid, undefined, term))
  journal.saveReceipt(receiptOf(1, base.cid, 'LATE'))
  expect(journal.played(1)?.receipt).toEqual({ accepted: true })
  const kept = readConfirmations(directory)
  expect(kept.map(({ round, update }) => [round, update])).toEqual([[1, cid]])
  const opened = kept.map(({ envelope }) => openSignedMessage(envelope))
  expect(opened).toMatchObject([
    { ok: true, signed: { sender: aggregatorKey.peerId, message: { silo: NAME, accepted: true } } },
  ])
})

test('T44: what a silo stated of the global model is said again after a restart', () => {
  const file = path.join(temporaryDirectory(), SILO_JOURNAL_FILE)
  const stated = { ...trained, metrics: { accuracy: '0.75', auc: '0.801' } }
  const journal = reopen(file)
  journal.saveBase(1, base)
  journal.saveUpdate(1, stated)
  expect(reopen(file).update(1)).toEqual(stated)
})

test('an update of another base than the one that is open is not written', () => {
  const journal = reopen(path.join(temporaryDirectory(), SILO_JOURNAL_FILE))
  journal.saveBase(1, base)
  journal.saveUpdate(1, { ...trained, base: trained.update.cid })
  expect(journal.update(1)).toBeUndefined()
})

test('T42: the journal is readable by its owner only', () => {
  const file = path.join(temporaryDirectory(), SILO_JOURNAL_FILE)
  reopen(file).saveBase(1, base)
  expect(statSync(file).mode & 0o777).toBe(0o600)
})

test('the last result is that of the highest round', () => {
  const journal = reopen(path.join(temporaryDirectory(), SILO_JOURNAL_FILE))
  for (const round of [1, 2, 10]) {
    journal.saveBase(round, base)
    journal.saveResult(round, { ...result, round })
  }
  expect(journal.lastResult()?.round).toBe(10)
})

test('consent is kept while the silo runs and after; the newest counts', () => {
  const directory = temporaryDirectory()
  expect(readConsent(directory)).toBeUndefined()
  const journal = reopen(path.join(directory, SILO_JOURNAL_FILE))
  expect(readConsent(directory)).toBeUndefined()
  journal.saveConsent(base.cid, 1)
  journal.saveConsent(trained.update.cid, 2)
  expect(readConsent(directory)).toEqual({ manifest: trained.update.cid, at: 2 })
})

test('the result of a round that this silo missed is kept as well', () => {
  const directory = temporaryDirectory()
  const journal = reopen(path.join(directory, SILO_JOURNAL_FILE))
  const figures = { metrics: { accuracy: 0.5 }, loss: 0.7, shapley: 0, share: 0 }
  journal.saveResult(4, { ...result, ...figures, round: 4, last: true })
  expect(journal.lastResult()).toMatchObject({ round: 4, last: true })
  expect(journal.blobs()).toEqual({ models: [], updates: [] })
  // As older versions wrote it: all values were exact.
  const exact = { standardError: 0, measured: true, paid: true }
  expect(readSiloRounds(directory)).toEqual([
    { round: 4, result: { ...figures, ...exact, model: base.cid } },
  ])
})

test('what people ask for later is read back: errors, utilities, and the pot to the wei', () => {
  const directory = temporaryDirectory()
  const journal = reopen(path.join(directory, SILO_JOURNAL_FILE))
  const figures = {
    ...{
      metrics: { accuracy: 0.5 },
      loss: 0.7,
      shapley: -0.1,
      standardError: 0.02,
      share: 0,
      paid: false,
    },
    ...{ measured: true, utilityBefore: 0.4, utilityAfter: 0.5, utilityWithout: 0.55 },
  }
  const stored = { ...result, ...figures, pot: '100000000000000000001' }
  journal.saveResult(1, stored)
  expect(readSiloRounds(directory)).toEqual([
    { round: 1, result: { ...figures, pot: 100_000_000_000_000_000_001n, model: base.cid } },
  ])
})

test('a row that is not as fednode writes it is refused, not believed', () => {
  const directory = temporaryDirectory()
  const file = path.join(directory, SILO_JOURNAL_FILE)
  const journal = reopen(file)
  journal.saveBase(1, base)
  journal.saveResult(1, result)
  const database = new DatabaseSync(file)
  database.exec(`UPDATE round SET result = '{"round":1'`)
  database.close()
  const corrupt = expect.objectContaining({ code: 'SILO_JOURNAL_CORRUPT' })
  expect(() => journal.lastResult()).toThrow(corrupt)
  expect(() => readSiloRounds(directory)).toThrow(corrupt)
})

test('the statistics step is no round, and its answer no update that was confirmed', () => {
  const directory = temporaryDirectory()
  const journal = reopen(path.join(directory, SILO_JOURNAL_FILE))
  for (const round of [0, 1]) journal.saveReceipt(receiptOf(round, base.cid))
  expect(readConfirmations(directory).map(({ round }) => round)).toEqual([1])
})
