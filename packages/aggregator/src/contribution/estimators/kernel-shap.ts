import type { Random } from '@fednode/engine'
import { everyone } from '../coalition-bits.ts'
import type { Answer, Estimator } from '../estimator.ts'
import { randomCoalition } from '../random-coalition.ts'
import { pairSizes } from '../regression/pair-sizes.ts'
import { regressPairs } from '../regression/regress-pairs.ts'
import { samplePairs } from '../regression/sample-pairs.ts'
import { uncentredStratum } from '../regression/uncentred-stratum.ts'

/** Pairs come again and again, as often as the kernel says: they count alike. */
const DRAWN = { weight: 1, population: Infinity }

/**
 * Paired KernelSHAP (Lundberg & Lee 2017, arXiv 1705.07874; pairs: Covert & Lee 2021, arXiv 2012.01536): coalitions with their
 * complements, drawn again and again by the Shapley kernel, and one regression under the constraint that the values sum to the gain.
 * Consistent, with a bias of the order of its variance; standard errors by the jackknife.
 */
export const kernelShap: Estimator = {
  minimumEvaluations: (players) => 2 * players + 2,
  *estimate({ count, random }) {
    const [[before = 0, after = 0] = []]: Answer = yield { units: [[0n, everyone(count)]] }
    const ends = { players: count, gain: after - before }
    return yield* samplePairs({
      players: count,
      minimum: count,
      draw: () => randomCoalition(kernelSize(count, random), count, random),
      // All pairs are one stratum: their sizes were drawn as well.
      fit: (pairs) => regressPairs([uncentredStratum(pairs, { ...ends, ...DRAWN })], ends),
    })
  },
}

/** A size up to half of the players, with its complement's share of the kernel. */
function kernelSize(players: number, random: Random): number {
  const sizes = pairSizes(players, 1)
  const total = sizes.reduce((sum, { kernel }) => sum + kernel, 0)
  let left = random.uniform() * total
  for (const { size, kernel } of sizes) {
    left -= kernel
    if (left < 0) return size
  }
  return 1
}
