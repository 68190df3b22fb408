import { cappedWeight, voterCap } from './score-voting.ts'

const BPS = 10_000n
const WAD: bigint = 10n ** 18n

/** A voter's view of a round's aggregate; see IAlliance. */
export type AllianceVote = {
  readonly digest: string
  readonly score: 1 | -1
  /** One bit per contribution. */
  readonly approved: bigint
}

/** Strikes of an account, by role; each halves its weight. */
export type Strikes = { readonly work: bigint; readonly votes: bigint }

/** A seat's frozen weight (see allianceWeight), and its account's strikes before the round. */
type Seated = { readonly weight: bigint; readonly strikes: Strikes }

/** All that a round's end depends on; AllianceRules' Docket. */
export type Docket = {
  /** One per proposer. */
  readonly proposers: readonly (Seated & { readonly contributed: boolean })[]
  /** One per voter; no vote: it did not reveal. */
  readonly voters: readonly (Seated & { readonly vote: AllianceVote | null })[]
  /** Whether there was anything to vote on. */
  readonly voted: boolean
  readonly missedBps: bigint
  readonly outlierBps: bigint
  readonly pot: bigint
}

/** What a round comes to. Lists have one entry per seat, proposers first. */
export type Judgement = {
  readonly verdict: 'undecided' | 'accepted' | 'rejected'
  /** Null when no digest has more than half of what was revealed. */
  readonly digest: string | null
  readonly sum: bigint
  readonly approved: bigint
  readonly paid: bigint
  readonly shares: readonly bigint[]
  readonly penalties: readonly bigint[]
  readonly missed: readonly boolean[]
  /** After the round. */
  readonly strikes: readonly Strikes[]
}

/** What a round does to the strikes of a seat's role: one more, one less. */
type Mark = 1 | 0 | -1

type Ballot = { readonly weight: bigint; readonly vote: AllianceVote }
type Count = Pick<Judgement, 'verdict' | 'digest' | 'sum' | 'approved'>
type Fate = {
  readonly merit: bigint
  readonly penalty: bigint
  readonly missed: boolean
  readonly mark: Mark
}

const UNTOUCHED: Fate = { merit: 0n, penalty: 0n, missed: false, mark: 0 }
/** Of one role. */
const MAX_STRIKES = 4n
const NO_STRIKES: Strikes = { work: 0n, votes: 0n }

/** AllianceRules.judge. */
export function judgeRound(docket: Docket): Judgement {
  const contributed = docket.proposers.reduce(
    (bits, proposer, k) => (proposer.contributed ? bits | (1n << BigInt(k)) : bits),
    0n,
  )
  const count = countVotes(docket.voters, contributed)
  const fates = [
    ...docket.proposers.map((_, k) => proposerFate(docket, count, k)),
    ...docket.voters.map((_, k) => voterFate(docket, count, contributed, k)),
  ]
  const seats = [...docket.proposers, ...docket.voters]
  const most = sum(seats.map(({ weight, strikes }) => weight << halvings(strikes))) * WAD
  const shares = fates.map(({ merit }) => (most === 0n ? 0n : (docket.pot * merit) / most))
  return {
    ...count,
    shares,
    paid: sum(shares),
    penalties: fates.map(({ penalty }) => penalty),
    missed: fates.map(({ missed }) => missed),
    strikes: fates.map(({ mark }, i) => {
      const before = seats[i]?.strikes ?? NO_STRIKES
      const role = i < docket.proposers.length ? 'work' : 'votes'
      return { ...before, [role]: strikesAfter(before[role], mark) }
    }),
  }
}

/** What an account weighs in a draw, in votes and in pay. @param stake - with delegations, in wei. */
export function allianceWeight(stake: bigint, strikes: Strikes): bigint {
  return stake >> halvings(strikes)
}

function halvings({ work, votes }: Strikes): bigint {
  return work + votes
}

/** AllianceMath.struck and .mended: strikes of one role. */
function strikesAfter(strikes: bigint, mark: Mark): bigint {
  if (mark > 0) return strikes < MAX_STRIKES ? strikes + 1n : strikes
  return mark < 0 && strikes > 0n ? strikes - 1n : strikes
}

/** AllianceMath.seatsOf: how many are drawn of `candidates`, of which there are at least two. */
export function seatCounts(
  candidates: number,
  proposers: number,
  voters: number,
): [number, number] {
  const wanted = proposers + voters
  if (candidates >= wanted) return [proposers, voters]
  const fewer = Math.max(Math.floor((proposers * candidates) / wanted), 1)
  return [fewer, candidates - fewer]
}

function countVotes(voters: Docket['voters'], contributed: bigint): Count {
  const nothing: Count = { verdict: 'undecided', digest: null, sum: 0n, approved: 0n }
  const ballots = cappedBallots(voters)
  const heard = sum(voters.map(({ weight, vote }) => (vote === null ? 0n : weight)))
  if (heard === 0n || heard * 2n < sum(voters.map(({ weight }) => weight))) return nothing
  const digest = majorityDigest(ballots)
  if (digest === null) return nothing
  const behind = ballots.filter(({ vote }) => vote.digest === digest)
  const score = sum(behind.map(({ weight, vote }) => weight * BigInt(vote.score)))
  if (score === 0n) return { ...nothing, digest }
  return {
    verdict: score > 0n ? 'accepted' : 'rejected',
    digest,
    sum: score,
    approved: approvedBits(behind, contributed),
  }
}

function cappedBallots(voters: Docket['voters']): Ballot[] {
  const ballots = voters.flatMap(({ weight, vote }) => (vote === null ? [] : [{ weight, vote }]))
  const cap = voterCap(sum(ballots.map(({ weight }) => weight)))
  return ballots.map(({ weight, vote }) => ({ weight: cappedWeight(weight, cap), vote }))
}

function majorityDigest(ballots: readonly Ballot[]): string | null {
  const total = sum(ballots.map(({ weight }) => weight))
  const support = new Map<string, bigint>()
  for (const { weight, vote } of ballots) {
    support.set(vote.digest, (support.get(vote.digest) ?? 0n) + weight)
  }
  return [...support].find(([, weight]) => 2n * weight > total)?.[0] ?? null
}

function approvedBits(behind: readonly Ballot[], contributed: bigint): bigint {
  const total = sum(behind.map(({ weight }) => weight))
  let approved = 0n
  for (let bit = 1n; bit <= contributed; bit <<= 1n) {
    const pro = sum(behind.map(({ weight, vote }) => ((vote.approved & bit) === 0n ? 0n : weight)))
    if ((contributed & bit) !== 0n && 2n * pro > total) approved |= bit
  }
  return approved
}

function proposerFate(docket: Docket, count: Count, k: number): Fate {
  const proposer = docket.proposers[k]
  if (proposer?.contributed !== true) return absent(docket)
  if (count.verdict === 'undecided') return UNTOUCHED
  const approved = ((count.approved >> BigInt(k)) & 1n) !== 0n
  if (!approved) return { ...UNTOUCHED, penalty: docket.outlierBps, mark: 1 }
  const merit = count.verdict === 'accepted' ? proposer.weight * WAD : 0n
  return { ...UNTOUCHED, merit, mark: -1 }
}

function absent({ missedBps }: Docket): Fate {
  return { merit: 0n, penalty: missedBps, missed: true, mark: 1 }
}

function voterFate(docket: Docket, count: Count, contributed: bigint, k: number): Fate {
  const { weight, vote } = docket.voters[k] ?? { weight: 0n, vote: null }
  if (vote === null) return docket.voted ? absent(docket) : UNTOUCHED
  if (count.verdict === 'undecided') return UNTOUCHED
  const same = vote.digest === count.digest && vote.score > 0 === count.sum > 0n
  if (!same) return { ...UNTOUCHED, penalty: docket.outlierBps, mark: 1 }
  const all = bitsIn(contributed)
  const agreed = all - bitsIn((vote.approved ^ count.approved) & contributed)
  return { ...UNTOUCHED, merit: all === 0n ? 0n : weight * ((agreed * WAD) / all), mark: -1 }
}

/** AllianceMath.penaltyUp: part of a stake, in wei, rounded up. */
export function penaltyOf(stake: bigint, bps: bigint): bigint {
  return (stake * bps + BPS - 1n) / BPS
}

function bitsIn(bits: bigint): bigint {
  return BigInt(bits.toString(2).replaceAll('0', '').length)
}

function sum(values: readonly bigint[]): bigint {
  return values.reduce((total, value) => total + value, 0n)
}
