import { membersOf } from '../coalition-bits.ts'
import { membershipRow } from './membership-row.ts'
import { type PairRegression, regressPairs } from './regress-pairs.ts'
import type { DrawnPair } from './sample-pairs.ts'

/** A pair and its weight in the sum of squares. */
export type WeightedPair = DrawnPair & { readonly weight: number }

/**
 * The constrained least squares of KernelSHAP over pairs: sum of weight * (u(S) - u(empty) - sum of phi over S)^2, the phi summing to
 * `gain`. All pairs are one stratum for the jackknife: their sizes were drawn as well.
 */
export function uncentredFit(
  pairs: readonly WeightedPair[],
  { players, gain }: { readonly players: number; readonly gain: number },
): PairRegression {
  const rows: Float64Array[] = []
  const differences: number[] = []
  for (const { coalition, utilities, weight } of pairs) {
    const [one = 0, other = 0] = utilities
    const size = membersOf(coalition, players).length
    const root = Math.sqrt(weight)
    const expected = (gain * (2 * size - players)) / (2 * players)
    rows.push(membershipRow(coalition, players, size / players).map((value) => root * value))
    differences.push(root * ((one - other) / 2 - expected))
  }
  const stratum = { rows, differences, weight: 1, population: Infinity, centre: 'origin' } as const
  return regressPairs([stratum], { players, gain })
}
