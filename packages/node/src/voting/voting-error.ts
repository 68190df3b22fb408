import { FedError } from '@fednode/protocol'

export type VotingErrorInfo =
  /** A row of the node's journal does not have the form that this version writes. */
  { code: 'BALLOT_JOURNAL_CORRUPT'; path: string }

/** What a node that votes cannot go on with. */
export class VotingError extends FedError<VotingErrorInfo> {
  override name = 'VotingError'
}
