import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { cidOfBlob, cidOfBytes, type SiloName } from '@fednode/protocol'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createJournal } from '../../../src/journal/create-journal.ts'
import { openDatabase, transact } from '../../../src/journal/open-database.ts'
import type { AssessedRound } from '../../../src/journal/round-record.ts'
import type { OpenRound } from '../../../src/journal/rounds.ts'
import type { JournaledUpdate } from '../../../src/journal/updates.ts'
import { keyOf, RANDOMNESS, SCENARIO } from '../../support/tiny-federation.ts'

const BLOB = { cid: cidOfBlob(Uint8Array.of(1)), size: 1 }
const DIGEST = `0x${'ab'.repeat(32)}` as const
const SILO = 'alpha' as SiloName

let directory = ''
let path = ''
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'fednode-journal-'))
  path = join(directory, 'journal.sqlite')
})
afterEach(() => rmSync(directory, { recursive: true, force: true }))

const openAt = (round: number): OpenRound => ({
  round,
  state: 'open',
  base: BLOB,
  openedAt: 1,
  deadline: 2,
  ...RANDOMNESS,
})

const assessed = (round: number, share = 1e9): AssessedRound => ({
  round,
  model: BLOB,
  evidence: BLOB,
  strategyState: [{ name: 'momentum', blob: BLOB }],
  metrics: { accuracy: 0.1 + 0.2 },
  loss: 1 / 3,
  utilityBefore: 0,
  utilityAfter: 1,
  contributions: [{ silo: SILO, shapley: 1, standardError: 0, share }],
  seconds: { train: 1, transfer: 2, aggregate: 3, assess: 4 },
  void: false,
})

const update: JournaledUpdate = {
  silo: SILO,
  update: BLOB,
  samples: 10,
  trainMs: 1_500,
  lossMicros: 7,
  fetchMs: 20,
  announcement: Uint8Array.of(1, 2),
  receipt: Uint8Array.of(3),
}

describe('createJournal', () => {
  it('gives back what was written, by another connection too, to the last bit', () => {
    const journal = createJournal(path)
    journal.beginRound(openAt(1), [{ step: 'fund', amountWei: '100' }])
    journal.acceptUpdate(1, update)
    expect(journal.refuse(1, { peer: keyOf('m').peerId, update: 'x', code: 'LATE' })).toBe(true)
    expect(journal.refuse(1, { peer: keyOf('m').peerId, update: 'x', code: 'LATE' })).toBe(false)
    const other = createJournal(path, { readOnly: true })
    expect(other.openRound()).toEqual(openAt(1))
    expect(other.updates(1)).toEqual([update])
    journal.startClosing(1)
    expect(other.openRound()?.state).toBe('closing')
    journal.endRound(assessed(1), [
      { step: 'assert', shares: [1e9], evidenceDigest: DIGEST, modelDigest: DIGEST },
      { step: 'finalize', shares: [1e9] },
    ])
    const { announcement: _, receipt: __, fetchMs: ___, ...accepted } = update
    expect(other.record(1)).toMatchObject({
      metrics: { accuracy: 0.1 + 0.2 },
      loss: 1 / 3,
      updates: [accepted],
      refusals: [{ peer: keyOf('m').peerId, code: 'LATE' }],
      state: 'assessed',
      gas: 0,
      evidenceCid: BLOB.cid,
    })
    other.close()
    journal.close()
    journal.close()
  })

  it('follows a round on the chain: assessed, anchored, final; or void when nobody is paid', () => {
    const journal = createJournal(path)
    const finish = (gas: number, voided = false): void => {
      const task = journal.nextTask()
      if (task !== undefined) journal.finishTask(task.id, { gas, seconds: 0.5, voided })
    }
    for (const [round, share] of [
      [1, 1e9],
      [2, 0],
      [3, 1e9],
    ] as const) {
      journal.beginRound(openAt(round), [{ step: 'fund', amountWei: '1' }])
      journal.endRound(assessed(round, share), [
        { step: 'assert', shares: [share], evidenceDigest: DIGEST, modelDigest: DIGEST },
        { step: 'finalize', shares: [share] },
      ])
    }
    finish(1)
    expect(journal.record(1)?.state).toBe('assessed')
    finish(10)
    expect(journal.record(1)?.state).toBe('anchored')
    finish(100)
    expect(journal.record(1)).toMatchObject({ state: 'final', gas: 111, seconds: { anchor: 1.5 } })
    for (let i = 0; i < 3; i++) finish(1)
    expect(journal.record(2)?.state).toBe('void')
    finish(1)
    finish(1, true)
    expect(journal.record(3)?.state).toBe('void')
    journal.close()
  })

  it('counts an update once per silo and round, and a step once per round', () => {
    const journal = createJournal(path)
    journal.beginRound(openAt(1), [
      { step: 'fund', amountWei: '1' },
      { step: 'fund', amountWei: '2' },
    ])
    expect(journal.tasks(1)).toHaveLength(1)
    journal.acceptUpdate(1, update)
    expect(() => journal.acceptUpdate(1, update)).toThrow(/UNIQUE/)
    journal.close()
  })

  it('T32: knows the bytes and the values of earlier rounds', () => {
    const journal = createJournal(path)
    const origin = { round: 1, silo: SILO }
    journal.beginRound(openAt(1), [])
    journal.acceptUpdate(1, update)
    for (let i = 0; i < 2; i++) journal.saveValues(origin, Uint8Array.of(1))
    expect(journal.earlierUpdate(1, BLOB.cid)).toBeUndefined()
    expect(journal.earlierUpdate(2, BLOB.cid)).toEqual(origin)
    expect(journal.earlierUpdate(2, cidOfBlob(Uint8Array.of(9)))).toBeUndefined()
    expect(journal.earlierValues(1, Uint8Array.of(1))).toBeUndefined()
    expect(journal.earlierValues(2, Uint8Array.of(1))).toEqual(origin)
    journal.close()
  })

  it('opens rounds in order, one at a time, and closes only an open one', () => {
    const journal = createJournal(path)
    const order = expect.objectContaining({ code: 'JOURNAL_ORDER' })
    expect(() => journal.beginRound(openAt(2), [])).toThrow(order)
    journal.beginRound(openAt(1), [])
    expect(() => journal.beginRound(openAt(2), [])).toThrow(order)
    journal.endRound(assessed(1), [])
    expect(() => journal.endRound(assessed(1), [])).toThrow(order)
    journal.beginRound(openAt(2), [])
    expect(journal.lastClosedRound()).toBe(1)
    journal.close()
  })

  it('keeps the term and the pause over restarts', () => {
    for (const term of [1, 2, 3]) {
      const journal = createJournal(path)
      expect(journal.term()).toBe(term - 1)
      journal.startTerm(term)
      expect(journal.isPaused()).toBe(term > 1)
      journal.setPaused(true)
      journal.close()
    }
  })

  it('belongs to one Scenario and manifest', () => {
    const manifest = cidOfBytes(Uint8Array.of(1))
    const journal = createJournal(path)
    journal.bind({ scenario: SCENARIO, manifest })
    journal.bind({ scenario: SCENARIO, manifest })
    expect(() =>
      journal.bind({ scenario: SCENARIO, manifest: cidOfBytes(Uint8Array.of(2)) }),
    ).toThrow(expect.objectContaining({ code: 'JOURNAL_OF_ANOTHER' }))
    journal.close()
  })

  it('T42: is readable by its owner only, and so are its side files', () => {
    const journal = createJournal(path)
    journal.startTerm(1)
    for (const suffix of ['', '-wal', '-shm']) {
      expect(statSync(path + suffix).mode & 0o077).toBe(0)
    }
    journal.close()
  })
})

describe('openDatabase', () => {
  it('T44: writes ahead and syncs every commit', () => {
    const database = openDatabase(path, { migrations: ['CREATE TABLE a (x)'] })
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    database.close()
  })

  it('migrates step by step, once, and refuses a database of a newer version', () => {
    const first = 'CREATE TABLE a (x)'
    openDatabase(path, { migrations: [first] }).close()
    const second = 'ALTER TABLE a ADD COLUMN y'
    for (let i = 0; i < 2; i++) {
      const database = openDatabase(path, { migrations: [first, second] })
      database.exec('INSERT INTO a VALUES (1, 2)')
      database.close()
    }
    expect(() => openDatabase(path, { migrations: [first] })).toThrow(
      expect.objectContaining({ code: 'JOURNAL_TOO_NEW' }),
    )
  })

  it('undoes a transaction that throws, and a migration that fails', () => {
    const database = openDatabase(path, { migrations: ['CREATE TABLE a (x)'] })
    const stop = new TypeError('stop')
    expect(() =>
      transact(database, () => {
        database.exec('INSERT INTO a VALUES (1)')
        throw stop
      }),
    ).toThrow(stop)
    expect(database.prepare('SELECT count(*) AS n FROM a').get()).toEqual({ n: 0 })
    database.close()
    const broken = { migrations: ['CREATE TABLE a (x)', 'CREATE TABLE b (x); nonsense'] }
    expect(() => openDatabase(path, broken)).toThrow()
    const raw = new DatabaseSync(path)
    expect(raw.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 })
    expect(() => raw.prepare('SELECT * FROM b')).toThrow()
    raw.close()
  })

  it('prints no warning of its own', () => {
    const code = `import { DatabaseSync } from 'node:sqlite'; new DatabaseSync(':memory:').close()`
    const child = spawnSync(process.execPath, ['--input-type=module', '-e', code])
    expect(child.stderr.toString()).toBe('')
  })
})
