import { numberToHex } from 'viem'
import { describe, expect, it } from 'vitest'
import { createSeededRandom, type SeededRandom } from '../../../../scripts/seeded-random.ts'
import {
  allianceWeight,
  judgeRound,
  penaltyOf,
  type Strikes,
} from '../../../../src/model/network/alliance.ts'
import { drawByWeight } from '../../../../src/model/network/sortition.ts'

const TOKEN = 10n ** 18n
const STAKE = 10_000n * TOKEN
const POOL = 20_000n * TOKEN
const [NODES, PROPOSERS, ROUNDS] = [8, 3, 20]
const PENALTIES = { missedBps: 100n, outlierBps: 50n } as const
/** Of what honest nodes say, in per cent, that is other than what most of them would say; see bench/RESULTS.md. */
const NOISE = 5n

type Account = { stake: bigint; earned: bigint; strikes: Strikes }

/** What the two malicious of eight do; lies are about everything. */
type Mischief = 'lies' | 'silence'

/** Twenty rounds of a sound model; the last two accounts are malicious. @returns what each ends with. */
function play(random: SeededRandom, mischief: Mischief): readonly bigint[] {
  const accounts: Account[] = Array.from({ length: NODES }, () => ({
    stake: STAKE,
    earned: 0n,
    strikes: { work: 0n, votes: 0n },
  }))
  const malicious = new Set(accounts.slice(-2))
  let pool = POOL
  for (let left = BigInt(ROUNDS); left > 0n; left -= 1n) {
    const drawn = drawnFrom(random, accounts)
    const silent = (one: Account) => mischief === 'silence' && malicious.has(one)
    const proposers = drawn.slice(0, PROPOSERS).map((one) => ({
      weight: weightOf(one),
      strikes: one.strikes,
      contributed: !silent(one),
    }))
    const contributed = proposers.reduce(
      (bits, one, k) => (one.contributed ? bits | (1n << BigInt(k)) : bits),
      0n,
    )
    const voters = drawn.slice(PROPOSERS).map((one) => {
      const odd = random.below(100n) < NOISE
      const isFor = malicious.has(one) ? odd : !odd
      const approved = isFor ? contributed : 0n
      const vote = { digest: 'model', score: isFor ? (1 as const) : (-1 as const), approved }
      return { weight: weightOf(one), strikes: one.strikes, vote: silent(one) ? null : vote }
    })
    const pot = pool / left
    const judged = judgeRound({ proposers, voters, voted: true, pot, ...PENALTIES })
    pool -= judged.paid
    for (const [seat, one] of drawn.entries()) {
      one.earned += judged.shares[seat] ?? 0n
      one.stake -= penaltyOf(one.stake, judged.penalties[seat] ?? 0n)
      one.strikes = judged.strikes[seat] ?? one.strikes
    }
  }
  return accounts.map(({ stake, earned }) => stake + earned)
}

function weightOf({ stake, strikes }: Account): bigint {
  return allianceWeight(stake, strikes)
}

/** All, in the order in which they are drawn: first the proposers. */
function drawnFrom(random: SeededRandom, accounts: readonly Account[]): readonly Account[] {
  const seed = numberToHex(random.below(1n << 255n), { size: 32 })
  const drawn = drawByWeight(accounts.map(weightOf), seed, NODES)
  return drawn.flatMap((index) => accounts[index] ?? [])
}

describe('an alliance of eight, two of them malicious', () => {
  it.each(['lies', 'silence'] as const)(
    'leaves both poorer than all others, and than they were: %s',
    (mischief) => {
      const random = createSeededRandom(0xfed0f9n)
      const plays = 100
      let poorer = 0
      let gained = 0n
      for (let k = 0; k < plays; k += 1) {
        const ends = play(random, mischief)
        const [honest, malicious] = [ends.slice(0, -2), ends.slice(-2)]
        if (malicious.every((bad) => honest.every((good) => bad < good))) poorer += 1
        gained += malicious.reduce((sum, end) => sum + end - STAKE, 0n)
      }
      expect(poorer).toBeGreaterThanOrEqual(plays - 1)
      expect(gained).toBeLessThan(0n)
    },
  )

  it('counts at most four strikes of a role, and mends only the role in which one was right', () => {
    let strikes: Strikes = { work: 2n, votes: 0n }
    const voter = { weight: STAKE, strikes: { work: 0n, votes: 0n } }
    const after = (score: 1 | -1): Strikes => {
      const vote = (of: 1 | -1) => ({ digest: 'model', score: of, approved: 1n })
      const proposers = [{ ...voter, contributed: true }]
      const others = Array.from({ length: 4 }, () => ({ ...voter, vote: vote(1) }))
      const voters = [{ weight: STAKE, strikes, vote: vote(score) }, ...others]
      const judged = judgeRound({ proposers, voters, voted: true, pot: POOL, ...PENALTIES })
      return judged.strikes[1] ?? strikes
    }
    for (const votes of [1n, 2n, 3n, 4n, 4n]) {
      strikes = after(-1)
      expect(strikes).toEqual({ work: 2n, votes })
    }
    for (const votes of [3n, 2n, 1n, 0n, 0n]) {
      strikes = after(1)
      expect(strikes).toEqual({ work: 2n, votes })
    }
  })
})
