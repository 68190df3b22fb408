import type { Round } from '@fednode/protocol'
import { withJournal } from '../journal/journal-file.ts'
import type { RoundRecord } from '../types.ts'

/**
 * Finished rounds of the aggregator whose data directory this is, oldest first, with the chain's part as far as it is known.
 * @throws {UserError} NO_JOURNAL.
 */
export function readRounds(directory: string): readonly RoundRecord[] {
  return withJournal(directory, { readOnly: true }, (journal) => journal.records())
}

/** One finished round; undefined when it is not finished or not there. @throws {UserError} NO_JOURNAL. */
export function readRound(directory: string, round: Round): RoundRecord | undefined {
  return withJournal(directory, { readOnly: true }, (journal) => journal.record(round))
}
