import { delegatorsPart, stakeWeight } from '../src/model/network/delegation.ts'
import { emissionOn, emissionUntil } from '../src/model/network/emission.ts'
import { lockedAmount } from '../src/model/network/lock.ts'
import { createSeededRandom } from './seeded-random.ts'

const ROWS = 200
const SEEDS = { locks: 0xfed7c1n, rewards: 0xfed7c2n, weights: 0xfed7c3n } as const
const MONTHS = 120
const MONTH_DAYS = 30n
const DAY = 86_400n
const WAD = 10n ** 18n
const MAX_SUPPLY = 1_000_000_000n * WAD

/** Emission: day, that day's, and all before it; first, second and last day of 120 months. */
export function createEmissionVectors(): readonly bigint[] {
  return Array.from({ length: MONTHS }, (_, month) => {
    const first = BigInt(month) * MONTH_DAYS
    return [first, first + 1n, first + MONTH_DAYS - 1n]
  })
    .flat()
    .flatMap((day) => [day, emissionOn(day), emissionUntil(day)])
}

/** Locks of the first curve: principal, duration, locked stake. The first two are those that FLock publishes. */
export function createLockVectors(): readonly bigint[] {
  const random = createSeededRandom(SEEDS.locks)
  const published = [30n, 365n].map((days) => [WAD, days * DAY] as const)
  const others = Array.from(
    { length: ROWS },
    () => [random.spread(1n, MAX_SUPPLY), DAY + random.below(364n * DAY + 1n)] as const,
  )
  return [...published, ...others].flatMap(([principal, duration]) => [
    principal,
    duration,
    lockedAmount(principal, duration),
  ])
}

/** Rewards: amount, commission, own stake, delegated stake, delegators' part. The first is the example of FLock's documentation. */
export function createRewardVectors(): readonly bigint[] {
  const random = createSeededRandom(SEEDS.rewards)
  const published = [58_084n * WAD, 4_000n, 3_000n * WAD, 1_000n * WAD] as const
  const others = Array.from(
    { length: ROWS },
    (_, i) =>
      [
        random.spread(1n, MAX_SUPPLY),
        random.below(5_001n),
        i % 10 === 1 ? 0n : random.spread(1n, MAX_SUPPLY),
        i % 10 === 2 ? 0n : random.spread(1n, MAX_SUPPLY),
      ] as const,
  )
  return [published, ...others].flatMap(([reward, commission, own, delegated]) => [
    reward,
    commission,
    own,
    delegated,
    delegatorsPart(reward, { commission, own, delegated }),
  ])
}

/** Weights: own stake, delegated stake, factor, ratio, what counts. */
export function createWeightVectors(): readonly bigint[] {
  const random = createSeededRandom(SEEDS.weights)
  return Array.from({ length: ROWS }, () => ({
    own: random.spread(1n, MAX_SUPPLY),
    delegated: random.spread(1n, MAX_SUPPLY),
    factor: random.below(10_001n),
    ratio: 1n + random.below(20n),
  })).flatMap((terms) => [
    terms.own,
    terms.delegated,
    terms.factor,
    terms.ratio,
    stakeWeight(terms),
  ])
}
