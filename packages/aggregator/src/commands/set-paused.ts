import { withJournal } from '../journal/journal-file.ts'

/**
 * Asks the aggregator of this data directory to pause before its next round, or to go on; works from another process while it runs and
 * lasts over restarts.
 * @throws {UserError} NO_JOURNAL.
 */
export function setPaused(directory: string, paused: boolean): void {
  withJournal(directory, { readOnly: false }, (journal) => journal.setPaused(paused))
}
