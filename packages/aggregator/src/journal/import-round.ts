import type { DatabaseSync } from 'node:sqlite'
import type { ChainWork } from './chain-task.ts'
import type { AssessedRound } from './round-record.ts'
import { dropOpenRound, finishRound, insertRound, type OpenRound } from './rounds.ts'
import { addTask, settleTasks, startTasks } from './tasks.ts'
import type { JournaledUpdate } from './updates.ts'

/** A round that another aggregator of the same federator played to its end. */
export type ImportedRound = {
  readonly open: OpenRound
  readonly updates: readonly JournaledUpdate[]
  readonly record: AssessedRound
  readonly work: readonly ChainWork[]
  /** In which it was led. */
  readonly term: number
  /** Where the chain has ended it. */
  readonly settlement?: { readonly hash: string; readonly voided: boolean }
}

/** Inserts a round that was opened elsewhere, in place of one that was left open here; what the chain is to hear of it may have been sent by whoever opened it. */
export function adoptRound(
  database: DatabaseSync,
  open: OpenRound,
  work: readonly ChainWork[],
): void {
  dropOpenRound(database, open.round)
  insertRound(database, open)
  for (const step of work) addTask(database, open.round, step)
  startTasks(database, open.round)
}

/** Inserts a whole round; its updates follow. */
export function importRound(database: DatabaseSync, imported: ImportedRound): void {
  const { open, record, work, settlement } = imported
  adoptRound(database, open, work)
  finishRound(database, record)
  if (settlement !== undefined) settleTasks(database, open.round, settlement)
}
