import type { Random } from '@fednode/engine'
import { everyone, membersOf } from '../coalition-bits.ts'
import type { Answer, Estimator } from '../estimator.ts'
import { randomCoalition } from '../random-coalition.ts'
import { type SizeStrata, sizeStrata } from '../size-strata.ts'

/** Coalitions that are asked for at once, so that worker threads have something to share. */
const COALITIONS_PER_REQUEST = 64

/**
 * Stratified SVARM (Kolpaczki et al. 2024, arXiv 2302.00736, Algorithm 2) with an efficiency shift: a value is the mean over sizes of
 * how much more coalitions with the player are worth than coalitions without him; one coalition says something of every player. Sizes
 * 0, 1, n - 1 and n are exact; of the others a size is drawn in proportion to 1 / min(k, n - k) (the paper's choice for odd n) and a
 * coalition of it uniformly, again and again. Finally all values move alike so that they sum to the gain.
 *
 * Other than in the paper there is no warm-up, which needs more than small budgets have: a stratum that is still empty counts with the
 * mean of its size, which prefers nobody. Nearly unbiased; standard errors from the variances within strata, see SizeStrata.
 */
export const svarm: Estimator = {
  minimumEvaluations: (players) => 2 * players + 2,
  *estimate({ count, random }) {
    const all = everyone(count)
    const strata = sizeStrata(count)
    const singles = Array.from({ length: count }, (_, player) => 1n << BigInt(player))
    const outer = singles.flatMap((one) => [one, all & ~one])
    const [[before = 0, after = 0, ...known] = []]: Answer = yield { units: [[0n, all, ...outer]] }
    outer.forEach((coalition, i) => {
      strata.add(membersOf(coalition, count), known[i] ?? 0)
    })
    const outcome = (): ReturnType<SizeStrata['values']> => strata.values(after - before)
    for (let drawn = 0; ; drawn += COALITIONS_PER_REQUEST) {
      const coalitions = Array.from({ length: COALITIONS_PER_REQUEST }, () =>
        randomCoalition(innerSize(count, random), count, random),
      )
      const units = coalitions.map((coalition) => [coalition])
      const stopping = { standardErrors: () => outcome().standardErrors }
      const answer: Answer = yield { units, ...(drawn < count ? {} : stopping) }
      answer.forEach(([utility = 0], i) => {
        strata.add(membersOf(coalitions[i] ?? 0n, count), utility)
      })
      if (answer.length < units.length) return outcome()
    }
  },
}

/** A size from 2 to n - 2. */
function innerSize(players: number, random: Random): number {
  const weight = (size: number): number => 1 / Math.min(size, players - size)
  let total = 0
  for (let size = 2; size <= players - 2; size++) total += weight(size)
  let left = random.uniform() * total
  for (let size = 2; size <= players - 2; size++) {
    left -= weight(size)
    if (left < 0) return size
  }
  return 2
}
