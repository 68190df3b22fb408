const PERCENT = 100n
const BPS = 10_000n

/** Votes of one proposal by kind, in wei. */
export type ProposalVotes = {
  readonly against: bigint
  readonly inFavour: bigint
  readonly abstain: bigint
  readonly scam: bigint
}

/** Where a proposal's stake goes, in wei: to the proposer, to the treasury, to nobody. */
export type StakeFate = {
  readonly returned: bigint
  readonly kept: bigint
  readonly burned: bigint
}

/** Dao.quorum: votes that a proposal needs, of all tokens. @param percent - of `supply`. */
export function quorumVotes(supply: bigint, percent: bigint): bigint {
  return (supply * percent) / PERCENT
}

/** Dao._voteSucceeded and _quorumReached: a scam counts as against, and a third of all that call it one is too much. */
export function isPassed(votes: ProposalVotes, quorum: bigint): boolean {
  const agreed = votes.inFavour > votes.against + votes.scam && !isScam(votes)
  return agreed && votes.inFavour + votes.abstain >= quorum
}

/** Dao.returnStake, once the vote is over. */
export function stakeFate(stake: bigint, votes: ProposalVotes, quorum: bigint): StakeFate {
  if (isPassed(votes, quorum)) return { returned: stake, kept: 0n, burned: 0n }
  if (votesCast(votes) < quorum) {
    const returned = stake / 2n
    return { returned, kept: stake - returned, burned: 0n }
  }
  return isScam(votes)
    ? { returned: 0n, kept: 0n, burned: stake }
    : { returned: stake, kept: 0n, burned: 0n }
}

/** Dao.reward: what a proposal that was carried out earns, when the month and the fund have that much left. */
export function proposalReward(
  stake: bigint,
  { bps, ceiling }: { readonly bps: bigint; readonly ceiling: bigint },
): bigint {
  const part = (stake * bps) / BPS
  return part < ceiling ? part : ceiling
}

function votesCast({ against, inFavour, abstain, scam }: ProposalVotes): bigint {
  return against + inFavour + abstain + scam
}

function isScam(votes: ProposalVotes): boolean {
  return 3n * votes.scam > votesCast(votes)
}
