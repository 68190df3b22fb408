import { EXACT_BITS } from '../src/model/exact-number.ts'
import { exactPower } from '../src/model/exact-power.ts'
import { exactOutForShares, exactSharesForIn } from '../src/model/exact-single.ts'
import { exactError, exactInForOut, exactOutForIn } from '../src/model/exact-swap.ts'
import { WAD } from '../src/model/solady-pow-wad.ts'
import {
  type PowPoint,
  randomAmountOut,
  randomPart,
  randomPowDown,
  randomPowUp,
  randomSides,
  randomSingle,
} from './random-points.ts'
import type { SeededRandom } from './seeded-random.ts'

/** Relative shortfall that CONTRACTS.md 4 allows for a trade of f of a balance and exponent e: this over f * min(1, e). */
const TARGET = 3e-17

/** One point: what the harness is asked, and how its answer is judged. */
export type Point = {
  readonly row: readonly bigint[]
  /** From the harness's numbers: true when the pool gets less, or pays more, than the exact amount. */
  readonly isWrongSide: (results: readonly bigint[]) => boolean
  /** From the harness's numbers: how far the pool is from the exact amount, over what is allowed. */
  readonly overTarget: (results: readonly bigint[]) => number
}

/** A way through PoolMath. */
export type Direction = {
  readonly name: string
  /** Of the harness. */
  readonly call: string
  /** Numbers that the harness answers per point. */
  readonly results: number
  /** @param leastBalance - wei. */
  readonly createPoint: (random: SeededRandom, leastBalance: bigint) => Point
}

/** All directions, in the order of the report. */
export const DIRECTIONS: readonly Direction[] = [
  { name: 'exact-in', call: 'outsForExactIn', results: 1, createPoint: exactInPoint },
  { name: 'exact-out', call: 'insForExactOut', results: 1, createPoint: exactOutPoint },
  { name: 'join-single', call: 'sharesForSingleIn', results: 1, createPoint: joinPoint },
  { name: 'exit-single', call: 'outsForShares', results: 1, createPoint: exitPoint },
  {
    name: 'pow-up',
    call: 'powsUp',
    results: 2,
    createPoint: (random) => powPoint(randomPowUp(random), 1n),
  },
  {
    name: 'pow-down',
    call: 'powsDown',
    results: 2,
    createPoint: (random) => powPoint(randomPowDown(random), -1n),
  },
]

function exactInPoint(random: SeededRandom, leastBalance: bigint): Point {
  const sides = randomSides(random, leastBalance)
  const { in: from, out: to, fee } = sides
  const amountIn = randomPart(random, from.balance)
  return {
    row: [from.balance, from.weight, to.balance, to.weight, amountIn, fee],
    ...judgeAmount({
      exact: exactOutForIn(sides, amountIn),
      error: exactError(to.balance),
      side: -1n,
      part: quotient(amountIn, from.balance),
      exponent: quotient(from.weight, to.weight),
    }),
  }
}

function exactOutPoint(random: SeededRandom, leastBalance: bigint): Point {
  const sides = randomSides(random, leastBalance)
  const { in: from, out: to, fee } = sides
  const amountOut = randomAmountOut(random, sides)
  return {
    row: [from.balance, from.weight, to.balance, to.weight, amountOut, fee],
    ...judgeAmount({
      exact: exactInForOut(sides, amountOut),
      error: exactError(from.balance),
      side: 1n,
      part: quotient(amountOut, to.balance),
      exponent: quotient(to.weight, from.weight),
    }),
  }
}

function joinPoint(random: SeededRandom, leastBalance: bigint): Point {
  const side = randomSingle(random, leastBalance)
  const { supply, token, fee } = side
  const amountIn = randomPart(random, token.balance)
  return {
    row: [supply, token.balance, token.weight, amountIn, fee],
    ...judgeAmount({
      exact: exactSharesForIn(side, amountIn),
      error: exactError(supply),
      side: -1n,
      part: quotient(amountIn, token.balance),
      exponent: quotient(token.weight, WAD),
    }),
  }
}

function exitPoint(random: SeededRandom, leastBalance: bigint): Point {
  const side = randomSingle(random, leastBalance)
  const { supply, token, fee } = side
  const shares = randomPart(random, supply)
  return {
    row: [supply, token.balance, token.weight, shares, fee],
    ...judgeAmount({
      exact: exactOutForShares(side, shares),
      error: exactError(token.balance),
      side: -1n,
      part: quotient(shares, supply),
      exponent: quotient(WAD, token.weight),
    }),
  }
}

type Amount = {
  /** Wei, as an exact number, and by how much that can be off. */
  readonly exact: bigint
  readonly error: bigint
  /** 1n when the pool takes the amount and may not take less, -1n when it pays it and may not pay more. */
  readonly side: 1n | -1n
  /** f and e of the target. */
  readonly part: number
  readonly exponent: number
}

function judgeAmount({ exact, error, side, part, exponent }: Amount): Omit<Point, 'row'> {
  const distance = ([amount = 0n]: readonly bigint[]): bigint =>
    side * ((amount << EXACT_BITS) - exact)
  return {
    isWrongSide: (results) => distance(results) < -error,
    overTarget: (results) =>
      (quotient(distance(results), exact) * part * Math.min(1, exponent)) / TARGET,
  }
}

/** A power is judged by its margin: the error of powWad over the margin, on either side. */
function powPoint({ base, exponent }: PowPoint, side: 1n | -1n): Point {
  const exact = exactPower(
    { numerator: base, denominator: WAD },
    { numerator: exponent, denominator: WAD },
  )
  const errorOf = (power: bigint): bigint => (power << EXACT_BITS) - exact * WAD
  return {
    row: [base, exponent],
    isWrongSide: ([, bounded = 0n]) => side * errorOf(bounded) < 0n,
    overTarget: ([raw = 0n, bounded = 0n]) => {
      const margin = (side * (bounded - raw)) << EXACT_BITS
      return margin > 0n ? Math.abs(quotient(errorOf(raw), margin)) : Number.POSITIVE_INFINITY
    },
  }
}

/** To 15 digits, whatever the sizes. */
function quotient(numerator: bigint, denominator: bigint): number {
  return Number((numerator << 120n) / denominator) / 2 ** 120
}
