import { membersOf } from '../coalition-bits.ts'
import { membershipRow } from './membership-row.ts'
import type { PairStratum } from './pair-stratum.ts'
import type { DrawnPair } from './sample-pairs.ts'

/**
 * Pairs of KernelSHAP's constrained least squares, the sum of (u(S) - u(empty) - sum of phi over S)^2 with phi that sum to `gain`: each
 * row is measured from k / n and each difference from what values of gain / n would make it.
 */
export function uncentredStratum(
  pairs: readonly DrawnPair[],
  options: {
    readonly players: number
    readonly gain: number
    readonly weight: number
    readonly population: number
  },
): PairStratum {
  const { players, gain, weight, population } = options
  const rows: Float64Array[] = []
  const differences: number[] = []
  for (const { coalition, utilities } of pairs) {
    const [one = 0, other = 0] = utilities
    const size = membersOf(coalition, players).length
    rows.push(membershipRow(coalition, players, size / players))
    differences.push((one - other) / 2 - (gain * (2 * size - players)) / (2 * players))
  }
  return { rows, differences, weight, population, centre: 'origin' }
}
