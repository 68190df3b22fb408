import { hexToBigInt, numberToHex } from 'viem'
import {
  type AllianceVote,
  type Docket,
  judgeRound,
  type Strikes,
} from '../src/model/network/alliance.ts'
import { consensusScore, NO_SCORE, scoreDistance } from '../src/model/network/score-voting.ts'
import { drawByWeight } from '../src/model/network/sortition.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

const MAX_WEIGHT = 2n ** 92n
const MAX_POT = 2n ** 90n

const DRAWS = 200
const CANDIDATES = 16
/** What fills the places after the last that was drawn. */
const NOBODY = 999n

/** Draws: rows of 35: seed, count, candidates; 16 weights, 16 drawn. Weights of very different size, some of them zero. */
export function createDrawVectors(): readonly bigint[] {
  const random = createSeededRandom(0xfed0f1n)
  return Array.from({ length: DRAWS }, () => {
    const candidates = 1 + Number(random.below(BigInt(CANDIDATES)))
    const count = 1 + Number(random.below(BigInt(CANDIDATES)))
    const weights = Array.from({ length: candidates }, () =>
      random.below(6n) === 0n ? 0n : random.spread(1n, MAX_WEIGHT),
    )
    const seed = numberToHex(random.below(1n << 255n), { size: 32 })
    const drawn = drawByWeight(weights, seed, count).map(BigInt)
    return [
      hexToBigInt(seed),
      BigInt(count),
      BigInt(candidates),
      ...padded(weights, CANDIDATES, 0n),
      ...padded(drawn, CANDIDATES, NOBODY),
    ]
  }).flat()
}

const BALLOTS = 40
/** After those: voters of equal weight, so that often exactly half of it is on either side. */
const EVEN_BALLOTS = 20
const EVEN_WEIGHT = 3_000n * 10n ** 18n
const VOTERS = 8
/** More than fit one word. */
const ITEMS = 20

/** Ballots: rows of 204: 8 weights; 20 scores of each voter; 20 consensus scores; distance and count of each voter. */
export function createBallotVectors(): readonly bigint[] {
  const random = createSeededRandom(0xfed0f2n)
  return Array.from({ length: BALLOTS + EVEN_BALLOTS }, (_, ballot) => {
    const weights = Array.from({ length: VOTERS }, (_, k) =>
      ballot < BALLOTS ? random.spread(1n, MAX_WEIGHT) : evenWeight(ballot, k),
    )
    const scores = weights.map(() => Array.from({ length: ITEMS }, () => randomScore(random)))
    const consensus = Array.from({ length: ITEMS }, (_, item) =>
      consensusScore(
        weights.map((weight, k) => ({ weight, score: scores[k]?.[item] ?? NO_SCORE })),
      ),
    )
    const distances = scores.map((own) => scoreDistance(own, consensus))
    return [
      ...weights,
      ...scores.flat().map(BigInt),
      ...consensus.map(BigInt),
      ...distances.flatMap(({ distance, count }) => [distance, count]),
    ]
  }).flat()
}

/** In every other ballot the first voter has none. */
function evenWeight(ballot: number, voter: number): bigint {
  return voter === 0 && ballot % 2 === 0 ? 0n : EVEN_WEIGHT
}

function randomScore(random: SeededRandom): number {
  return random.below(5n) === 0n ? NO_SCORE : Number(random.below(10_001n))
}

const ROUNDS = 300
const PROPOSERS = 4
const DIGESTS: readonly string[] = ['a', 'b', 'c']
const VERDICTS = ['undecided', 'accepted', 'rejected'] as const

/**
 * Ends of alliances' rounds: rows of 109. Terms (8): proposers, voters, contributed, revealed, voted, missedBps, outlierBps, pot; weights
 * of 4 proposers and 8 voters; of each voter digest (1 to 3), score (1 or 0) and approved; strikes of
 * 12 seats. Then verdict, digest, sum, approved, paid, and of 12 seats share, penalty, missed and strikes.
 */
export function createRoundVectors(): readonly bigint[] {
  const random = createSeededRandom(0xfed0f3n)
  return Array.from({ length: ROUNDS }, () => roundRow(randomDocket(random))).flat()
}

function randomDocket(random: SeededRandom): Docket {
  // Most voters say the same in most rounds: otherwise hardly any round would come to a verdict.
  const agreed = randomVote(random)
  const lazy = 2n + random.below(9n)
  const voted = random.below(8n) !== 0n
  const proposers = Array.from({ length: 1 + Number(random.below(4n)) }, () => ({
    weight: random.spread(1n, MAX_WEIGHT),
    strikes: randomStrikes(random),
    contributed: voted && random.below(5n) !== 0n,
  }))
  const contributed = proposers.reduce(
    (bits, { contributed }, k) => (contributed ? bits | (1n << BigInt(k)) : bits),
    0n,
  )
  const voters = Array.from({ length: 1 + Number(random.below(8n)) }, () => {
    const vote = random.below(3n) === 0n ? randomVote(random) : agreed
    const silent = contributed === 0n || random.below(lazy) === 0n
    const weight = random.below(2n) === 0n ? 10n ** 21n : random.spread(1n, MAX_WEIGHT)
    const strikes = randomStrikes(random)
    return {
      weight,
      strikes,
      vote: silent ? null : { ...vote, approved: vote.approved & contributed },
    }
  })
  return {
    proposers,
    voters,
    voted: contributed !== 0n,
    missedBps: 1n + random.below(500n),
    outlierBps: 1n + random.below(200n),
    pot: random.spread(1n, MAX_POT),
  }
}

/** None for most. */
function randomStrikes(random: SeededRandom): Strikes {
  const some = () => (random.below(3n) === 0n ? random.below(5n) : 0n)
  return { work: some(), votes: some() }
}

/** As the contract keeps them. */
function packed({ work, votes }: Strikes): bigint {
  return work + (votes << 8n)
}

function randomVote(random: SeededRandom): AllianceVote {
  const digest = DIGESTS[Number(random.below(BigInt(DIGESTS.length)))] ?? 'a'
  return { digest, score: random.below(3n) === 0n ? -1 : 1, approved: random.below(16n) }
}

function roundRow(docket: Docket): bigint[] {
  const { proposers, voters, voted, missedBps, outlierBps, pot } = docket
  const judgement = judgeRound(docket)
  const votes = voters.flatMap(({ vote }) =>
    vote === null
      ? [0n, 0n, 0n]
      : [digestNumber(vote.digest), vote.score === 1 ? 1n : 0n, vote.approved],
  )
  const seats = [proposers, voters] as const
  return [
    BigInt(proposers.length),
    BigInt(voters.length),
    bitsOf(proposers.map(({ contributed }) => contributed)),
    bitsOf(voters.map(({ vote }) => vote !== null)),
    voted ? 1n : 0n,
    missedBps,
    outlierBps,
    pot,
    ...padded(weightsOf(seats[0]), PROPOSERS, 0n),
    ...padded(weightsOf(seats[1]), VOTERS, 0n),
    ...padded(votes, 3 * VOTERS, 0n),
    ...padded(
      [...proposers, ...voters].map(({ strikes }) => packed(strikes)),
      PROPOSERS + VOTERS,
      0n,
    ),
    BigInt(VERDICTS.indexOf(judgement.verdict)),
    judgement.digest === null ? 0n : digestNumber(judgement.digest),
    BigInt.asUintN(256, judgement.sum),
    judgement.approved,
    judgement.paid,
    ...padded(judgement.shares, PROPOSERS + VOTERS, 0n),
    ...padded(judgement.penalties, PROPOSERS + VOTERS, 0n),
    ...padded(
      judgement.missed.map((missed) => (missed ? 1n : 0n)),
      PROPOSERS + VOTERS,
      0n,
    ),
    ...padded(judgement.strikes.map(packed), PROPOSERS + VOTERS, 0n),
  ]
}

function weightsOf(seats: readonly { readonly weight: bigint }[]): bigint[] {
  return seats.map(({ weight }) => weight)
}

function digestNumber(digest: string): bigint {
  return BigInt(DIGESTS.indexOf(digest) + 1)
}

function bitsOf(flags: readonly boolean[]): bigint {
  return flags.reduce((bits, flag, k) => (flag ? bits | (1n << BigInt(k)) : bits), 0n)
}

function padded(values: readonly bigint[], length: number, filler: bigint): bigint[] {
  return [...values, ...Array.from({ length: length - values.length }, () => filler)]
}
