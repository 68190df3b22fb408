import { encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from 'viem'
import { ballotCommitment, type CommitmentTerms } from './model/network/score-voting.ts'

/** A voter's view of a round's aggregate, as it is committed to and revealed. */
export type AllianceBallot = {
  /** Digest of the aggregate, as this voter computed it. */
  readonly digest: Hex
  /** 1: better than the global model on the voter's own data; -1: not. */
  readonly score: 1 | -1
  /** One bit per proposer: contributions that the voter approves of. */
  readonly approved: bigint
  /** On the voter's own data, by 1e9. */
  readonly lossBefore: bigint
  readonly lossAfter: bigint
}

const VOTE = parseAbiParameters(
  'bytes32 digest, int8 score, uint64 approved, uint64 lossBefore, uint64 lossAfter',
)

/**
 * Alliance.commitmentOf, without asking a node: whoever hears it asked could not guess the vote, but would know that there is one.
 * @param terms - where and who; `salt`: 32 random bytes, which must not be lost before the vote is revealed.
 */
export function allianceCommitment(
  ballot: AllianceBallot,
  terms: Omit<CommitmentTerms, 'payload'>,
): Hex {
  const { digest, score, approved, lossBefore, lossAfter } = ballot
  const vote = [digest, score, approved, lossBefore, lossAfter] as const
  return ballotCommitment({ ...terms, payload: keccak256(encodeAbiParameters(VOTE, vote)) })
}
