import { encodeAbiParameters, type Hex, keccak256, parseAbiParameters } from 'viem'

const BPS = 10_000n
/** Most weight of one voter, as a part of all that voted. */
const CAP_BPS = 2_000n
const WAD: bigint = 10n ** 18n

/** What a voter says of an item that it was not asked about, and what is said of an item that nobody scored. */
export const NO_SCORE = 0xffff

const COMMITMENT = parseAbiParameters(
  'uint256 chainId, address contract, uint256 task, uint256 round, address voter, bytes32 payload, bytes32 salt',
)

/** What names a commitment: nobody can reveal another's. */
export type CommitmentTerms = {
  readonly chainId: bigint
  /** The contract that holds the ballot. */
  readonly contract: Hex
  readonly task: bigint
  readonly round: bigint
  readonly voter: Hex
  /** Hash of what will be revealed. */
  readonly payload: Hex
  /** 32 random bytes. */
  readonly salt: Hex
}

/** ScoreVoting.commitmentOf. */
export function ballotCommitment(terms: CommitmentTerms): Hex {
  const { chainId, contract, task, round, voter, payload, salt } = terms
  return keccak256(
    encodeAbiParameters(COMMITMENT, [chainId, contract, task, round, voter, payload, salt]),
  )
}

/** ScoreMath.capUp: the most that one of several voters counts, who have `total` together. */
export function voterCap(total: bigint): bigint {
  return (total * CAP_BPS + BPS - 1n) / BPS
}

/** What of a weight counts under a cap. */
export function cappedWeight(weight: bigint, cap: bigint): bigint {
  return weight > cap ? cap : weight
}

/** A voter's say about one item. */
export type WeightedScore = { readonly score: number; readonly weight: bigint }

/**
 * ScoreMath.consensus: the median by capped weight, and when exactly half of it is at one score and below, the middle (down) between that
 * and the next; NO_SCORE without votes.
 */
export function consensusScore(votes: readonly WeightedScore[]): number {
  const said = votes.filter(({ score, weight }) => score !== NO_SCORE && weight > 0n)
  const cap = voterCap(sum(said.map(({ weight }) => weight)))
  const capped = said
    .map(({ score, weight }) => ({ score, weight: cappedWeight(weight, cap) }))
    .toSorted((a, b) => a.score - b.score)
  const total = sum(capped.map(({ weight }) => weight))
  let below = 0n
  const at = capped.findIndex(({ weight }) => {
    below += weight
    return 2n * below >= total
  })
  const { score = NO_SCORE } = capped[at] ?? {}
  const { score: next = score } = capped[at + 1] ?? {}
  return 2n * below === total ? Math.floor((score + next) / 2) : score
}

/** ScoreVoting.distanceOf: how far a voter was from the consensus, over the items that it scored. */
export function scoreDistance(
  scores: readonly number[],
  consensus: readonly number[],
): { distance: bigint; count: bigint } {
  const distances = scores.flatMap((score, i) =>
    score === NO_SCORE ? [] : [BigInt(Math.abs(score - (consensus[i] ?? NO_SCORE)))],
  )
  return { distance: sum(distances), count: BigInt(distances.length) }
}

/** ScoreMath.closenessDown: 1e18 for no distance, falling in a straight line to 0 at `tolerance` and beyond. */
export function scoreCloseness(distance: bigint, count: bigint, tolerance: bigint): bigint {
  const bound = tolerance * count
  return distance >= bound ? 0n : ((bound - distance) * WAD) / bound
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
