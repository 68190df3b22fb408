import { exactCeil, exactFloor } from '../src/model/exact-number.ts'
import { exactInForOut, exactOutForIn } from '../src/model/exact-swap.ts'

const ROWS = 400
const SEED = 0xfed0den
const WEIGHT_PAIRS: readonly (readonly [bigint, bigint])[] = [
  [500_000n, 5_000n],
  [5_000n, 500_000n],
  [13_000n, 7_000n],
  [500_000n, 500_000n],
  [400_000n, 200_000n],
  [2_500n, 250_000n],
]
/** Weights above are millionths. */
const WEIGHT_UNIT = 10n ** 12n

/**
 * Swaps with their exact amounts, without fee. Rows are flat, so that forge reads them without types: balanceIn, weightIn, balanceOut,
 * weightOut, amountIn, exact amount out rounded down, amountOut, exact amount in rounded up.
 */
export function createSwapVectors(): readonly bigint[] {
  const random = createRandom(SEED)
  return Array.from({ length: ROWS }, (_, i) => createRow(random, i)).flat()
}

/** Its numbers are pinned: PoolMath.t.sol knows the hash of what comes of them. */
function createRandom(seed: bigint): (bits: bigint) => bigint {
  let state = seed
  return (bits) => {
    state ^= (state << 13n) & 0xffffffffffffffffn
    state ^= state >> 7n
    state ^= (state << 17n) & 0xffffffffffffffffn
    return state % (1n << bits)
  }
}

function createRow(random: (bits: bigint) => bigint, i: number): bigint[] {
  const [weightIn, weightOut] = WEIGHT_PAIRS[i % WEIGHT_PAIRS.length] ?? [1n, 1n]
  const balanceIn = 10n ** (9n + random(4n)) * (1n + random(32n))
  const balanceOut = 10n ** (9n + random(4n)) * (1n + random(32n))
  // From a millionth to three tenths of what a swap may move.
  const part = 10n ** (6n - (random(3n) % 7n))
  const amountIn = (balanceIn * 3n) / 10n / part + 1n
  const amountOut = (balanceOut * 3n) / 10n / (part * 8n) + 1n
  const sides = {
    in: { balance: balanceIn, weight: weightIn * WEIGHT_UNIT },
    out: { balance: balanceOut, weight: weightOut * WEIGHT_UNIT },
    fee: 0n,
  }
  return [
    balanceIn,
    sides.in.weight,
    balanceOut,
    sides.out.weight,
    amountIn,
    exactFloor(exactOutForIn(sides, amountIn)),
    amountOut,
    exactCeil(exactInForOut(sides, amountOut)),
  ]
}
