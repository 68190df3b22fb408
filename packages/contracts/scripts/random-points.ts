import { divUp } from '../src/model/rounding.ts'
import type { SingleSide } from '../src/model/single-math.ts'
import { WAD } from '../src/model/solady-pow-wad.ts'
import type { Sides } from '../src/model/swap-math.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Bounds of CONTRACTS.md 2.5; 1e18 = 100 %. */
const MIN_FEE = (5n * WAD) / 10_000n
const MAX_FEE = WAD / 10n
const MIN_WEIGHT = (25n * WAD) / 10_000n
const MAX_WEIGHT = (8n * WAD) / 10n
const MAX_RATIO = 100n
const MIN_TRADE = 1_000_000n
const MAX_BALANCE = 2n ** 96n
/** Smallest part of a balance that is traded, as a divisor. */
const LEAST_PART = 10n ** 9n

/** Points of a pow: base and exponent, 1e18 = 1. */
export type PowPoint = { readonly base: bigint; readonly exponent: bigint }

/** Where powUp is used: base 0.5 to 1.5 with exponents 0.01 to 100; base 0.7 to 1 with exponents to 400. */
export function randomPowUp(random: SeededRandom): PowPoint {
  if (random.below(2n) === 0n) {
    const base = (7n * WAD) / 10n + random.below((3n * WAD) / 10n)
    return { base, exponent: random.spread(WAD, 400n * WAD) }
  }
  const exponent = random.spread(WAD / 100n, 100n * WAD)
  return { base: WAD / 2n + random.below(WAD), exponent }
}

/** Where powDown is used: base 1 to 1.3, exponents 0.0025 to 0.8. */
export function randomPowDown(random: SeededRandom): PowPoint {
  const base = WAD + random.spread(1n, (3n * WAD) / 10n)
  return { base, exponent: random.spread(MIN_WEIGHT, MAX_WEIGHT) }
}

/** Two tokens of a pool within all bounds. @param leastBalance - wei. */
export function randomSides(random: SeededRandom, leastBalance: bigint): Sides {
  const weightIn = random.spread(MIN_WEIGHT, MAX_WEIGHT)
  const least = weightIn / MAX_RATIO > MIN_WEIGHT ? weightIn / MAX_RATIO : MIN_WEIGHT
  const most = WAD - weightIn < MAX_WEIGHT ? WAD - weightIn : MAX_WEIGHT
  const weightOut = random.spread(least, most < weightIn * MAX_RATIO ? most : weightIn * MAX_RATIO)
  return {
    in: { balance: random.spread(leastBalance, MAX_BALANCE), weight: weightIn },
    out: { balance: random.spread(leastBalance, MAX_BALANCE), weight: weightOut },
    fee: random.spread(MIN_FEE, MAX_FEE),
  }
}

/** One token of a pool, and its LP supply. @param leastBalance - wei, of either. */
export function randomSingle(random: SeededRandom, leastBalance: bigint): SingleSide {
  return {
    supply: random.spread(leastBalance, MAX_BALANCE),
    token: {
      balance: random.spread(leastBalance, MAX_BALANCE),
      weight: random.spread(MIN_WEIGHT, MAX_WEIGHT),
    },
    fee: random.spread(MIN_FEE, MAX_FEE),
  }
}

/** An amount that a trade may move of `whole`: a billionth to three tenths. */
export function randomPart(random: SeededRandom, whole: bigint): bigint {
  const least = whole / LEAST_PART > MIN_TRADE ? whole / LEAST_PART : MIN_TRADE
  return random.spread(least, (whole * 3n) / 10n)
}

/** An amount out whose price in is within three tenths of the other balance too: the exponent makes small amounts dear. */
export function randomAmountOut(random: SeededRandom, { in: from, out: to }: Sides): bigint {
  // (1 - f) ^ -(w_out / w_in) <= 1.2 when f <= 0.18 w_in / (w_out + w_in).
  const most = (to.balance * 18n * from.weight) / (100n * (to.weight + from.weight))
  const least = divUp(to.balance, LEAST_PART)
  return random.spread(least > MIN_TRADE ? least : MIN_TRADE, most)
}
