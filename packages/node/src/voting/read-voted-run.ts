import path from 'node:path'
import type { Cid } from '@fednode/protocol'
import { ALLIANCE_JOURNAL_FILE, createAllianceJournal } from '../alliance/alliance-journal.ts'
import { ARENA_JOURNAL_FILE, createArenaJournal } from '../arena/arena-journal.ts'
import type { BallotJournal } from './ballot-journal.ts'
import type { KeptPlace } from './kept-place.ts'

/** A directory of an alliance or a task. */
export type VotedPlace = { readonly directory: string; readonly place: KeptPlace }

/** What a node that votes wrote down of its alliance or task. */
export type VotedRun = {
  /** Bytes of the manifest that it agreed to. */
  readonly plan: Uint8Array | undefined
  /** The last round: of an alliance that it saw the end of, of a task that it did its part in. 0 before the first. */
  readonly rounds: number
  /** An alliance's global models, a training node's own, the latest first; they need not be here any more. */
  readonly models: readonly { readonly round: number; readonly model: Cid }[]
}

/** Reads the journal, also while its node runs. @throws as readPlace. */
export function readVotedRun({ directory, place }: VotedPlace): VotedRun {
  const how = { readOnly: true }
  if (place.role === 'alliance') {
    const file = path.join(directory, ALLIANCE_JOURNAL_FILE)
    return readFrom(createAllianceJournal(file, how), (journal) => {
      const models = journal.settled()
      return { models, rounds: models[0]?.round ?? 0 }
    })
  }
  const file = path.join(directory, ARENA_JOURNAL_FILE)
  return readFrom(createArenaJournal(file, how), (journal) => {
    const made = journal.models().filter(({ isSubmitted }) => isSubmitted)
    const last = place.role === 'arena-node' ? made[0]?.round : journal.lastVoted()
    return { models: made.map(({ round, cid: model }) => ({ round, model })), rounds: last ?? 0 }
  })
}

function readFrom<J extends Pick<BallotJournal<unknown>, 'plan' | 'close'>>(
  journal: J,
  read: (journal: J) => Omit<VotedRun, 'plan'>,
): VotedRun {
  try {
    return { plan: journal.plan(), ...read(journal) }
  } finally {
    journal.close()
  }
}
