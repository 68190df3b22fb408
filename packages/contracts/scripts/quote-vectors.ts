import { exactCeil, exactFloor } from '../src/model/exact-number.ts'
import { exactOutForShares, exactSharesForIn } from '../src/model/exact-single.ts'
import { exactInForOut, exactOutForIn } from '../src/model/exact-swap.ts'
import { outForShares, sharesForSingleIn } from '../src/model/single-math.ts'
import { inForExactOut, outForExactIn } from '../src/model/swap-math.ts'
import { randomAmountOut, randomPart, randomSides, randomSingle } from './random-points.ts'
import { createSeededRandom, type SeededRandom } from './seeded-random.ts'

const ROWS = 300
const SWAP_SEED = 0xfed0d1n
const SINGLE_SEED = 0xfed0d2n
/** Wei: small balances, of which every wei shows, take turns with real ones. */
const LEAST_BALANCES = [10n ** 9n, 10n ** 21n] as const

/**
 * Swaps with fee as the contract computes them, to the wei: balanceIn, weightIn, balanceOut, weightOut, fee, amountIn, amount out,
 * exact amount out rounded down, amountOut, amount in, exact amount in rounded up.
 */
export function createSwapQuotes(): readonly bigint[] {
  return rowsOf(SWAP_SEED, (random, leastBalance) => {
    const sides = randomSides(random, leastBalance)
    const amountIn = randomPart(random, sides.in.balance)
    const amountOut = randomAmountOut(random, sides)
    return [
      sides.in.balance,
      sides.in.weight,
      sides.out.balance,
      sides.out.weight,
      sides.fee,
      amountIn,
      outForExactIn(sides, amountIn),
      exactFloor(exactOutForIn(sides, amountIn)),
      amountOut,
      inForExactOut(sides, amountOut),
      exactCeil(exactInForOut(sides, amountOut)),
    ]
  })
}

/**
 * Single-token joins and exits as the contract computes them, to the wei: supply, balance, weight, fee, amountIn, shares minted, exact
 * shares rounded down, shares burned, amount out, exact amount out rounded down.
 */
export function createSingleQuotes(): readonly bigint[] {
  return rowsOf(SINGLE_SEED, (random, leastBalance) => {
    const side = randomSingle(random, leastBalance)
    const amountIn = randomPart(random, side.token.balance)
    const shares = randomPart(random, side.supply)
    return [
      side.supply,
      side.token.balance,
      side.token.weight,
      side.fee,
      amountIn,
      sharesForSingleIn(side, amountIn),
      exactFloor(exactSharesForIn(side, amountIn)),
      shares,
      outForShares(side, shares),
      exactFloor(exactOutForShares(side, shares)),
    ]
  })
}

function rowsOf(
  seed: bigint,
  createRow: (random: SeededRandom, leastBalance: bigint) => readonly bigint[],
): readonly bigint[] {
  const random = createSeededRandom(seed)
  return Array.from({ length: ROWS }, (_, i) =>
    createRow(random, LEAST_BALANCES[i % LEAST_BALANCES.length] ?? 1n),
  ).flat()
}
