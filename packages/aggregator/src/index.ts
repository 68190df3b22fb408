export { AggregatorError, type AggregatorErrorInfo } from './aggregator-error.ts'
export { exactShapley, MAX_EXACT_SILOS } from './contribution/exact-shapley.ts'
export type { ChainStep, ChainTask, ChainWork } from './journal/chain-task.ts'
export {
  createJournal,
  type Journal,
  type JournalOwner,
} from './journal/create-journal.ts'
export {
  acquireDirectoryLock,
  type DirectoryLock,
  type LockOwner,
} from './journal/directory-lock.ts'
export { JournalError, type JournalErrorInfo } from './journal/journal-error.ts'
export { type DatabaseOptions, openDatabase, transact } from './journal/open-database.ts'
export { fedavg } from './strategies/fedavg.ts'
export type { WeightedUpdate } from './strategies/weighted-update.ts'
export type {
  AcceptedUpdate,
  CoordinatorEvent,
  Member,
  RoundRecord,
  RoundSeconds,
  RoundValues,
} from './types.ts'
