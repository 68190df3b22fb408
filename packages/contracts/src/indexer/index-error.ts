import { FedError } from '@fednode/protocol'

export type IndexErrorInfo =
  /** The file is an index of another Scenario or chain. */
  | { code: 'INDEX_OF_ANOTHER'; path: string; expected: string; actual: string }
  /** The file is no SQLite database, or a damaged one. */
  | { code: 'INDEX_DAMAGED'; path: string }
  /** The events contradict each other: the node left some out. */
  | { code: 'EVENTS_INCONSISTENT'; what: string }
  /** The chain changed its past again and again while it was read. */
  | { code: 'CHAIN_UNSTEADY'; tries: number }
  /** A block, token or time that the index does not know. */
  | { code: 'NOT_INDEXED'; what: string }

/** Why the index of a market cannot be used. */
export class IndexError extends FedError<IndexErrorInfo> {
  override name = 'IndexError'
}

/** For sums that do not add up: an event that the node did not give is noticed where the next one contradicts. */
export function inconsistent(what: string): IndexError {
  return new IndexError(`the events of the market contradict each other: ${what}`, {
    code: 'EVENTS_INCONSISTENT',
    what,
  })
}
