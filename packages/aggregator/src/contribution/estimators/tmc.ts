import { everyone } from '../coalition-bits.ts'
import { relativeChange } from '../convergence.ts'
import type { Estimator } from '../estimator.ts'
import { randomOrder } from '../permutations.ts'
import { sampleTruncated } from '../sample-truncated.ts'

/** Of the gain: a prefix that is as near to all ends its order. */
const TRUNCATION = 0.01
/** Orders over which values may change by CONVERGED before they count as settled. */
const WINDOW = 100
const CONVERGED = 0.05

/**
 * Truncated Monte Carlo (Ghorbani & Zou 2019, arXiv 1904.02868, Algorithm 1). The truncation is relative to the gain, so that it means
 * the same in late rounds. Biased by what it cuts off: the values sum to the gain within TRUNCATION of it, and the standard errors,
 * those of a mean of independent orders, do not know of the bias.
 */
export const tmc: Estimator = {
  minimumEvaluations: (players) => 2 * Math.max(1, players),
  *estimate({ count, random }) {
    const [[empty = 0, all = 0] = []] = yield { units: [[0n, everyone(count)]] }
    return yield* sampleTruncated({
      ends: { empty, all, tolerance: TRUNCATION * Math.abs(all - empty) },
      players: count,
      nextOrder: () => randomOrder(count, random),
      hasConverged(history) {
        const [earlier, latest] = [history.at(-1 - WINDOW), history.at(-1)]
        if (earlier === undefined || latest === undefined) return false
        return relativeChange(earlier, latest) < CONVERGED
      },
    })
  },
}
