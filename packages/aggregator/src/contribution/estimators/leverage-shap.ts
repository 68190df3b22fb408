import type { Random } from '@fednode/engine'
import { everyone, membersOf } from '../coalition-bits.ts'
import type { Answer, Estimator } from '../estimator.ts'
import { type DistinctPairs, distinctPairs } from '../regression/distinct-pairs.ts'
import { pairSizes } from '../regression/pair-sizes.ts'
import type { PairStratum } from '../regression/pair-stratum.ts'
import { regressPairs } from '../regression/regress-pairs.ts'
import { type DrawnPair, samplePairs } from '../regression/sample-pairs.ts'
import { uncentredStratum } from '../regression/uncentred-stratum.ts'

/**
 * LeverageSHAP (Musco & Witter 2025, arXiv 2410.01917, Algorithm 1): every size is drawn alike (the leverage scores of the kernel's
 * regression), in pairs, never twice, and each pair is weighted by the kernel over its chance of being drawn. The published Bernoulli
 * draws need the budget beforehand; here pairs come one after the other and the chances are those of as many pairs as came.
 * Consistent; standard errors by the jackknife within sizes.
 */
export const leverageShap: Estimator = {
  minimumEvaluations: (players) => 2 * players + 2,
  *estimate({ count, random }) {
    const [[before = 0, after = 0] = []]: Answer = yield { units: [[0n, everyone(count)]] }
    const ends = { players: count, gain: after - before }
    const sizes = pairSizes(count, 1).map((size) => distinctPairs(size, count, random))
    return yield* samplePairs({
      players: count,
      minimum: count,
      draw: () => drawAlike(sizes, count, random),
      fit: (pairs) => regressPairs(strataOf(pairs, ends), ends),
    })
  },
}

/** A new pair of a size that is drawn as if its complement's were separate. */
function drawAlike(
  sizes: readonly DistinctPairs[],
  players: number,
  random: Random,
): bigint | undefined {
  if (sizes.every((pairs) => pairs.isExhausted())) return undefined
  for (;;) {
    const size = 1 + random.below(players - 1)
    const pairs = sizes[Math.min(size, players - size) - 1]
    if (pairs !== undefined && !pairs.isExhausted()) return pairs.draw()
  }
}

/** Pairs by size; the kernel over the number of pairs that were to be expected, rather than over those that came. */
function strataOf(
  pairs: readonly DrawnPair[],
  ends: { readonly players: number; readonly gain: number },
): PairStratum[] {
  const { players } = ends
  const sizes = pairSizes(players, 1)
  const expected = expectedDraws(sizes, { players, pairs: pairs.length })
  const bySize = Map.groupBy(pairs, ({ coalition }) => halfSize(coalition, players))
  return sizes.flatMap(({ size, kernel, population }, i) => {
    const drawn = bySize.get(size)
    if (drawn === undefined) return []
    const weight = (kernel * drawn.length) / (expected[i] ?? 1)
    return [uncentredStratum(drawn, { ...ends, weight, population })]
  })
}

function halfSize(coalition: bigint, players: number): number {
  const size = membersOf(coalition, players).length
  return Math.min(size, players - size)
}

/** Pairs of each size among `pairs` on average: alike, up to what there is; what exhausted sizes cannot take goes to the others. */
function expectedDraws(
  sizes: ReturnType<typeof pairSizes>,
  { players, pairs }: { readonly players: number; readonly pairs: number },
): number[] {
  const parts = sizes.map(({ size }) => (2 * size === players ? 1 : 2))
  const full = new Set<number>()
  for (;;) {
    let left = pairs
    let share = 0
    for (const [i, { population }] of sizes.entries()) {
      if (full.has(i)) left -= population
      else share += parts[i] ?? 0
    }
    const each = left / Math.max(share, 1)
    const more = sizes.flatMap(({ population }, i) =>
      !full.has(i) && each * (parts[i] ?? 0) > population ? [i] : [],
    )
    if (more.length === 0)
      return sizes.map(({ population }, i) => (full.has(i) ? population : each * (parts[i] ?? 0)))
    for (const i of more) full.add(i)
  }
}
