import { EngineError } from '../errors.ts'
import { createRandom, type Random, shuffle } from '../random.ts'
import { dirichlet } from './dirichlet.ts'

/** What is to be split, over how many parts of which size, and how unevenly. */
export type SkewOptions = {
  /** Class index of every row. */
  readonly labels: ArrayLike<number>
  readonly classes: number
  /** Rows of each part; together at most the rows that there are. */
  readonly sizes: readonly number[]
  /** Dirichlet concentration: 100 is nearly even, 0.1 is one or two classes per part. */
  readonly alpha: number
  readonly seed: number
}

/**
 * Splits rows into disjoint parts of exactly the given sizes with label skew: each part's class mix is one draw from Dirichlet(alpha)
 * (Hsu, Qi & Brown 2019), and its rows come from what remains. Parts draw in turns of a row each, in proportion to their sizes, so that no part is
 * left with what the others did not want.
 * @returns row indexes per part, ascending.
 * @throws {EngineError} BAD_PLAN when sizes, labels or alpha are out of range.
 */
export function partitionBySkew(options: SkewOptions): Int32Array[] {
  checkSkew(options)
  const { labels, classes, sizes, alpha, seed } = options
  const random = createRandom(seed)
  const pools = shuffledPools(labels, classes, random)
  const mixes = sizes.map(() => dirichlet(classes, alpha, random))
  const parts = sizes.map((size) => new Int32Array(size))
  const filled = sizes.map(() => 0)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  for (let drawn = 0; drawn < total; drawn++) {
    const part = leastFilled(filled, sizes)
    const pool = pools[drawClass(mixes[part] as Float64Array, pools, random)] as number[]
    const at = filled[part] as number
    ;(parts[part] as Int32Array)[at] = pool.pop() as number
    filled[part] = at + 1
  }
  return parts.map((part) => part.sort())
}

/**
 * A copy of `labels` in which round(share * n) rows, chosen at random, carry another class, each of the others alike.
 * @param share - 0 to 1. @throws {EngineError} BAD_PLAN when the share is outside, or there is no other class.
 */
export function flipLabels(options: {
  readonly labels: ArrayLike<number>
  readonly share: number
  readonly classes: number
  readonly seed: number
}): Int32Array {
  const { labels, share, classes, seed } = options
  if (!(share >= 0 && share <= 1)) throw badPlan(`flipped share ${share} is not from 0 to 1`)
  if (classes < 2) throw badPlan('labels of one class cannot be flipped')
  const random = createRandom(seed)
  const flipped = Int32Array.from(labels)
  const rows = shuffle(
    Uint32Array.from({ length: labels.length }, (_, row) => row),
    random,
  )
  for (const row of rows.subarray(0, Math.round(share * rows.length)))
    flipped[row] = ((flipped[row] as number) + 1 + random.below(classes - 1)) % classes
  return flipped
}

function shuffledPools(labels: ArrayLike<number>, classes: number, random: Random): number[][] {
  const pools: number[][] = Array.from({ length: classes }, () => [])
  for (let row = 0; row < labels.length; row++) pools[labels[row] as number]?.push(row)
  return pools.map((pool) => shuffle(pool, random))
}

/** The part that is furthest behind its share; the first of equals. */
function leastFilled(filled: readonly number[], sizes: readonly number[]): number {
  let best = -1
  let least = 1
  sizes.forEach((size, part) => {
    const done = size === 0 ? 1 : (filled[part] as number) / size
    if (done >= least) return
    best = part
    least = done
  })
  return best
}

/** A class by the part's mix among those that still have rows; by what remains when the mix has none of them. */
function drawClass(
  mix: Float64Array,
  pools: readonly (readonly number[])[],
  random: Random,
): number {
  const wanted = pools.map((pool, c) => (pool.length > 0 ? (mix[c] as number) : 0))
  const hasWanted = wanted.some((weight) => weight > 0)
  const weights = hasWanted ? wanted : pools.map((pool) => pool.length)
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0)
  let last = 0
  for (let c = 0; c < weights.length; c++) {
    const weight = weights[c] as number
    if (weight === 0) continue
    last = c
    left -= weight
    if (left < 0) break
  }
  return last
}

function checkSkew({ labels, classes, sizes, alpha }: SkewOptions): void {
  if (!(alpha > 0 && Number.isFinite(alpha))) throw badPlan(`alpha ${alpha} is not positive`)
  if (!Number.isSafeInteger(classes) || classes < 1)
    throw badPlan(`${classes} classes: not a positive integer`)
  for (const size of sizes)
    if (!Number.isSafeInteger(size) || size < 0) throw badPlan(`part of ${size} rows`)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  if (total > labels.length) throw badPlan(`parts of ${total} rows, there are ${labels.length}`)
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] as number
    if (!Number.isInteger(label) || label < 0 || label >= classes)
      throw badPlan(`label ${label} of row ${row} is not from 0 to ${classes - 1}`)
  }
}

function badPlan(reason: string): EngineError {
  return new EngineError(`Cannot split: ${reason}`, { code: 'BAD_PLAN', reason })
}
