import { DIRECTIONS, type Direction, type Point } from './accuracy-directions.ts'
import type { Harness } from './harness.ts'
import { createSeededRandom } from './seeded-random.ts'

/** In one call of the harness; a million gas or so. */
const BATCH = 500
/** Wei. With real balances the wei that amounts are rounded to is far below the target; small ones show that no rounding is wrong. */
const REAL_BALANCE = 10n ** 21n
const SMALL_BALANCE = 10n ** 7n
/** One point in five has small balances. */
const SMALL_SHARE = 5

/** What one direction came to. */
export type Accuracy = {
  readonly direction: string
  readonly points: number
  /** Points at which the pool paid more, or took less, than the exact amount. */
  readonly aboveExact: number
  /** Worst distance from the exact amount over the target of CONTRACTS.md 4, over the points with real balances. */
  readonly worstOverTarget: number
}

export type AccuracyOptions = {
  /** Per direction. */
  readonly points: number
  readonly seed: bigint
  /** Names; all when left out. */
  readonly directions?: readonly string[]
  readonly onProgress?: (direction: string, done: number) => void
}

/** Runs random points of every direction through the real Solidity code and compares them with the exact model. */
export async function measureAccuracy(
  harness: Harness,
  options: AccuracyOptions,
): Promise<readonly Accuracy[]> {
  const measured: Accuracy[] = []
  for (const direction of DIRECTIONS) {
    if (options.directions?.includes(direction.name) === false) continue
    measured.push(await measureDirection(harness, direction, options))
  }
  return measured
}

async function measureDirection(
  harness: Harness,
  direction: Direction,
  options: AccuracyOptions,
): Promise<Accuracy> {
  const random = createSeededRandom(options.seed)
  let aboveExact = 0
  let worstOverTarget = 0
  let points = 0
  while (points < options.points) {
    const batch = Array.from({ length: Math.min(BATCH, options.points - points) }, (_, i) => {
      const isReal = (points + i) % SMALL_SHARE !== 0
      const point = direction.createPoint(random, isReal ? REAL_BALANCE : SMALL_BALANCE)
      return { point, isReal }
    })
    const judged = await judge(
      harness,
      direction,
      batch.map(({ point }) => point),
    )
    for (const [i, { isWrongSide, overTarget }] of judged.entries()) {
      if (isWrongSide) aboveExact += 1
      if (batch[i]?.isReal) worstOverTarget = Math.max(worstOverTarget, overTarget)
    }
    points += batch.length
    options.onProgress?.(direction.name, points)
  }
  return { direction: direction.name, points, aboveExact, worstOverTarget }
}

type Judged = { readonly isWrongSide: boolean; readonly overTarget: number }

async function judge(
  harness: Harness,
  direction: Direction,
  points: readonly Point[],
): Promise<readonly Judged[]> {
  const answers = await harness(
    direction.call,
    points.flatMap(({ row }) => row),
  )
  return points.map((point, i) => {
    const results = answers.slice(i * direction.results, (i + 1) * direction.results)
    if (results.length !== direction.results)
      throw new Error(`${direction.call} answered too little`)
    return { isWrongSide: point.isWrongSide(results), overTarget: point.overTarget(results) }
  })
}
