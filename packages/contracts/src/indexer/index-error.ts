import { type Fault, UserError } from '@fednode/protocol'

/** Why the index of a market cannot be used, by code: who has to act, and what helps. */
const KINDS = {
  /** The file is an index of another Scenario or chain. */
  INDEX_OF_ANOTHER: { fault: 'data', hint: 'Give each federation a file of its own.' },
  /** The file is no SQLite database, or a damaged one, or holds what no index writes. */
  INDEX_DAMAGED: { fault: 'data', hint: 'Delete the file: it is built anew from the chain.' },
  /** The events contradict each other: the node left some out. */
  EVENTS_INCONSISTENT: {
    fault: 'chain',
    hint: 'Use a node that keeps all events, and name a block at or before the creation as the start.',
  },
  /** The chain changed its past again and again while it was read. */
  CHAIN_UNSTEADY: { fault: 'chain', hint: 'Try again, or leave out the newest blocks.' },
  /** The index was closed while it was read. */
  INDEX_CLOSED: { fault: 'usage', hint: 'Wait for the sync before the index is closed.' },
  /** A block, client or time that the index does not know. */
  NOT_INDEXED: { fault: 'usage', hint: 'Sync the index first, or ask for what is in it.' },
} as const satisfies Record<string, { fault: Fault; hint: string }>

/** Stable code of an IndexError. */
export type IndexErrorCode = keyof typeof KINDS

/** The index of a market cannot be used, or has no answer. */
export class IndexError extends UserError {
  override name = 'IndexError'

  constructor(code: IndexErrorCode, message: string, options: { cause?: unknown } = {}) {
    const { fault, hint } = KINDS[code]
    super(fault, message, { code, hint, ...options })
  }
}

/** For sums that do not add up: an event that the node did not give is noticed where the next one contradicts. */
export function inconsistent(what: string): IndexError {
  return new IndexError(
    'EVENTS_INCONSISTENT',
    `the events of the market contradict each other: ${what}`,
  )
}
