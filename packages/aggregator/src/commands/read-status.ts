import type { Round, SiloName } from '@fednode/protocol'
import type { ChainStep } from '../journal/chain-task.ts'
import { type LockOwner, readLockOwner } from '../journal/directory-lock.ts'
import { withJournal } from '../journal/journal-file.ts'

/** What an operator wants to know at a glance. */
export type AggregatorStatus = {
  /** The process that holds the directory; absent when none says so. */
  readonly owner?: LockOwner
  readonly term: number
  readonly paused: boolean
  readonly finishedRounds: number
  readonly current?: {
    readonly round: Round
    readonly state: 'open' | 'closing'
    /** Unix ms. */
    readonly deadline: number
    readonly accepted: readonly SiloName[]
    readonly refusals: number
  }
  /** Steps on the chain that are not done, and what keeps the first of them. */
  readonly chain: {
    readonly pending: number
    readonly next?: {
      readonly round: Round
      readonly step: ChainStep
      readonly attempts: number
      readonly error?: string
    }
  }
}

/** Reads where an aggregator stands, also while it runs. @throws {UserError} NO_JOURNAL. */
export function readStatus(directory: string): AggregatorStatus {
  return withJournal(directory, { readOnly: true }, (journal) => {
    const owner = readLockOwner(directory)
    const open = journal.openRound()
    const next = journal.nextTask()
    return {
      ...(owner === undefined ? {} : { owner }),
      term: journal.term(),
      paused: journal.isPaused(),
      finishedRounds: journal.lastClosedRound(),
      ...(open === undefined
        ? {}
        : {
            current: {
              round: open.round,
              state: open.state,
              deadline: open.deadline,
              accepted: journal.updates(open.round).map(({ silo }) => silo),
              refusals: journal.refusals(open.round).length,
            },
          }),
      chain: {
        pending: journal.tasks().filter((task) => !task.done).length,
        ...(next === undefined
          ? {}
          : {
              next: {
                round: next.round,
                step: next.work.step,
                attempts: next.attempts,
                ...(next.error === undefined ? {} : { error: next.error }),
              },
            }),
      },
    }
  })
}
