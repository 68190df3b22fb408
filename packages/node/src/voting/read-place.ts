import { existsSync } from 'node:fs'
import path from 'node:path'
import { ALLIANCE_JOURNAL_FILE, createAllianceJournal } from '../alliance/alliance-journal.ts'
import { ARENA_JOURNAL_FILE, createArenaJournal } from '../arena/arena-journal.ts'
import type { KeptPlace } from './kept-place.ts'

const JOURNALS: readonly string[] = [ALLIANCE_JOURNAL_FILE, ARENA_JOURNAL_FILE]

/** Whether a directory is of an alliance or a task, be it that nothing was agreed to yet. */
export function isVotedPlace(directory: string): boolean {
  return JOURNALS.some((file) => existsSync(path.join(directory, file)))
}

/**
 * Of which alliance or task a directory is, also while its node runs; undefined where it is of none, or nothing was agreed to yet.
 * @throws {JournalError} JOURNAL_CORRUPT, JOURNAL_TOO_NEW. {VotingError} BALLOT_JOURNAL_CORRUPT.
 */
export function readPlace(directory: string): KeptPlace | undefined {
  const how = { readOnly: true }
  const ofAlliance = path.join(directory, ALLIANCE_JOURNAL_FILE)
  if (existsSync(ofAlliance)) return placeIn(createAllianceJournal(ofAlliance, how))
  const ofTask = path.join(directory, ARENA_JOURNAL_FILE)
  return existsSync(ofTask) ? placeIn(createArenaJournal(ofTask, how)) : undefined
}

function placeIn(journal: {
  place(): KeptPlace | undefined
  close(): void
}): KeptPlace | undefined {
  try {
    return journal.place()
  } finally {
    journal.close()
  }
}
