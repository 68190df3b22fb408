import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '@fednode/protocol'
import { createJournal, type Journal } from './create-journal.ts'

/** Name of the aggregator's journal in the data directory of one federation. */
export const JOURNAL_FILE = 'journal.sqlite'

/**
 * Opens the journal of a data directory for one query and closes it, also while the aggregator runs.
 * @throws {UserError} NO_JOURNAL (usage) when no aggregator ever ran there.
 */
export function withJournal<T>(
  directory: string,
  options: { readonly readOnly: boolean },
  query: (journal: Journal) => T,
): T {
  const path = join(directory, JOURNAL_FILE)
  if (!existsSync(path)) {
    throw new UserError('usage', `${directory} holds no journal of an aggregator`, {
      code: 'NO_JOURNAL',
      hint: 'Give the directory of  fednode aggregator run, and the Scenario that it serves.',
    })
  }
  const journal = createJournal(path, options)
  try {
    return query(journal)
  } finally {
    journal.close()
  }
}
