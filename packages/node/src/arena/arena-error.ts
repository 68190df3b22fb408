import { FedError } from '@fednode/protocol'

export type ArenaErrorInfo =
  /** A row of the member's journal does not have the form that this version writes. */
  { code: 'ARENA_JOURNAL_CORRUPT'; path: string }

/** What a member of a task cannot go on with. */
export class ArenaError extends FedError<ArenaErrorInfo> {
  override name = 'ArenaError'
}
