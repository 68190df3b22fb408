import { everyone, membersOf } from '../coalition-bits.ts'
import type { Answer, Estimator } from '../estimator.ts'
import { type DistinctPairs, distinctPairs } from '../regression/distinct-pairs.ts'
import { membershipRow } from '../regression/membership-row.ts'
import { type PairSize, pairSizes } from '../regression/pair-sizes.ts'
import type { PairStratum } from '../regression/pair-stratum.ts'
import { regressPairs } from '../regression/regress-pairs.ts'
import { type DrawnPair, samplePairs } from '../regression/sample-pairs.ts'

/**
 * Size-centred paired regression, our own (docs/CONTRIBUTION.md; related: KernelSHAP 1705.07874, LeverageSHAP 2410.01917): utilities
 * and memberships are measured from their means over the sampled coalitions of the same size, which changes no Shapley value and takes
 * away the size effect, in federated learning most of the variance.
 *
 * The empty coalition, all, all singletons and all-but-ones come first (2 n + 2); the rest are pairs of complements of the other sizes,
 * spread in proportion to the kernel 1 / (k (n - k)), uniform within a size and never twice. The values sum to the gain; they are
 * nearly unbiased, and exact once every size is exhausted. Standard errors by the jackknife over pairs; below 4 n evaluations
 * unreliable, as the values are.
 */
export const centeredRegression: Estimator = {
  minimumEvaluations: (players) => 2 * players + 2,
  *estimate({ count, random }) {
    const all = everyone(count)
    const singles = Array.from({ length: count }, (_, player) => 1n << BigInt(player))
    const base = [0n, all, ...singles, ...singles.map((one) => all & ~one)]
    const [[before = 0, after = 0, ...outer] = []]: Answer = yield { units: [base] }
    const known = singles.map((coalition, i) => ({
      coalition,
      utilities: [outer[i] ?? 0, outer[count + i] ?? 0],
    }))
    const gain = after - before
    const inner = pairSizes(count, 2).map((size) => distinctPairs(size, count, random))
    return yield* samplePairs({
      players: count,
      // The sizes 1 and n - 1 are an estimate already.
      minimum: 0,
      draw: () => mostWanting(inner)?.draw(),
      fit: (pairs) => regressPairs(strataOf([...known, ...pairs], count), { players: count, gain }),
    })
  },
}

/** The size that lags most behind its part of the kernel (Sainte-Lague's apportionment); the smallest of equals. */
function mostWanting(sizes: readonly DistinctPairs[]): DistinctPairs | undefined {
  let best: DistinctPairs | undefined
  for (const pairs of sizes) {
    if (pairs.isExhausted()) continue
    if (best === undefined || want(pairs) > want(best)) best = pairs
  }
  return best
}

function want({ size, drawn }: DistinctPairs): number {
  return size.kernel / (2 * drawn() + 1)
}

function strataOf(pairs: readonly DrawnPair[], players: number): PairStratum[] {
  const bySize = Map.groupBy(pairs, ({ coalition }) => membersOf(coalition, players).length)
  return pairSizes(players, 1).flatMap((size) => {
    const drawn = bySize.get(size.size)
    return drawn === undefined ? [] : [stratumOf(size, drawn, players)]
  })
}

function stratumOf(size: PairSize, pairs: readonly DrawnPair[], players: number): PairStratum {
  const isHalf = 2 * size.size === players
  return {
    // Both sides of such a pair are of the same size: its mean membership is 1/2 and its mean difference 0.
    rows: pairs.map(({ coalition }) => membershipRow(coalition, players, isHalf ? 0.5 : 0)),
    differences: pairs.map(({ utilities: [one = 0, other = 0] }) => (one - other) / 2),
    weight: size.kernel,
    population: size.population,
    centre: isHalf ? 'origin' : 'sample-mean',
  }
}
