import { type AddressText, type Cid, digestOfCid, type Round } from '@fednode/protocol'
import type { RoundRecord } from '../types.ts'
import { type ArrivalTable, createArrivalTable } from './arrivals.ts'
import type { ChainWork } from './chain-task.ts'
import { adoptRound, type ImportedRound, importRound } from './import-round.ts'
import { JournalError } from './journal-error.ts'
import { openDatabase, transact } from './open-database.ts'
import { type AssessedRound, composeRoundRecord } from './round-record.ts'
import {
  createRoundTable,
  finishRound,
  insertRound,
  type OpenRound,
  type RoundTable,
} from './rounds.ts'
import { JOURNAL_MIGRATIONS } from './schema.ts'
import { createSettingTable, type SettingTable } from './settings.ts'
import { createStatisticsTable, type StatisticsTable } from './statistics.ts'
import { addTask, createTaskTable, type TaskTable } from './tasks.ts'
import { createUpdateTable, type UpdateTable } from './updates.ts'

/** What a journal belongs to. */
export type JournalOwner = { readonly scenario: AddressText; readonly manifest: Cid }

/** The aggregator's memory: every state change is written here, durably, before anybody is told of it (T44). */
export type Journal = SettingTable &
  UpdateTable &
  ArrivalTable &
  TaskTable &
  RoundTable &
  StatisticsTable & {
    readonly path: string
    /** Ties a new journal to its federation. @throws {JournalError} JOURNAL_OF_ANOTHER. */
    bind(owner: JournalOwner): void
    /** Keeps the term of this start, before anything is said in it. */
    startTerm(term: number): void
    /** Opens the next round and queues its funding, together. */
    beginRound(round: OpenRound, work: readonly ChainWork[]): void
    /**
     * Begins to continue a round that another aggregator opened, in place of an own one that was left open: its work counts as tried, so
     * that the chain is looked at first.
     * @throws {JournalError} JOURNAL_ORDER.
     */
    adoptRound(round: OpenRound, work: readonly ChainWork[]): void
    /** Adds a round that another aggregator played, in place of an own one that was left open. @throws {JournalError} JOURNAL_ORDER. */
    importRound(round: ImportedRound): void
    /** Closes the round and queues its anchoring, together. */
    endRound(round: AssessedRound, work: readonly ChainWork[]): void
    /** Finished rounds with their gas and state on the chain, oldest first. */
    records(): readonly RoundRecord[]
    record(round: Round): RoundRecord | undefined
    close(): void
  }

/**
 * Opens the journal of one federation, creating it when absent.
 * @throws {JournalError} JOURNAL_TOO_NEW.
 */
export function createJournal(
  path: string,
  options: { readonly readOnly?: boolean } = {},
): Journal {
  const { readOnly = false } = options
  const database = openDatabase(path, { migrations: JOURNAL_MIGRATIONS, readOnly })
  const tables = {
    ...createSettingTable(database),
    ...createUpdateTable(database),
    ...createArrivalTable(database),
    ...createTaskTable(database),
    ...createRoundTable(database),
    ...createStatisticsTable(database),
  }
  return {
    path,
    ...tables,
    ...createRecords(tables),
    bind: (owner) => bindTo(tables, path, owner),
    startTerm: (term) => tables.setSetting('term', String(term)),
    beginRound: (round, work) =>
      transact(database, () => {
        insertRound(database, round)
        for (const step of work) addTask(database, round.round, step)
      }),
    adoptRound: (round, work) => transact(database, () => adoptRound(database, round, work)),
    importRound: (imported) =>
      transact(database, () => {
        importRound(database, imported)
        for (const update of imported.updates) tables.acceptUpdate(imported.open.round, update)
        const term = Math.max(tables.term(), imported.term)
        tables.setSetting('term', String(term))
      }),
    endRound: (round, work) =>
      transact(database, () => {
        finishRound(database, round)
        for (const step of work) addTask(database, round.round, step)
      }),
    close() {
      if (database.isOpen) database.close()
    },
  }
}

function createRecords(
  tables: UpdateTable & TaskTable & RoundTable,
): Pick<Journal, 'records' | 'record'> {
  const compose = (round: AssessedRound): RoundRecord =>
    composeRoundRecord(round, {
      updates: tables.updates(round.round),
      refusals: tables.refusals(round.round),
      tasks: tables.tasks(round.round),
      modelDigest: digestOfCid(round.model.cid),
    })
  return {
    records: () => tables.assessedRounds().map(compose),
    record(round) {
      const found = tables.assessedRound(round)
      return found === undefined ? undefined : compose(found)
    },
  }
}

function bindTo(tables: SettingTable, path: string, owner: JournalOwner): void {
  const expected = `${owner.scenario} ${owner.manifest}`
  const actual = tables.setting('owner')
  if (actual === undefined) tables.setSetting('owner', expected)
  else if (actual !== expected) {
    const message = `${path} belongs to ${actual}, not to ${expected}`
    throw new JournalError(message, { code: 'JOURNAL_OF_ANOTHER', path, expected, actual })
  }
}
