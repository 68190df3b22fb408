import { sumOf } from './blends.ts'
import { squaredDistance } from './distances.ts'
import type { Gram } from './strategy.ts'

/**
 * Krum's score of each of `rows`: the sum of the squared distances to its n - f - 2 nearest others, at least one (Blanchard et al. 2017,
 * arXiv 1703.02757, section 4).
 * @returns in the order of `rows`.
 */
export function krumScores(gram: Gram, rows: readonly number[], attackers: number): number[] {
  const near = Math.max(1, rows.length - attackers - 2)
  return rows.map((i) => {
    const distances = rows.filter((j) => j !== i).map((j) => squaredDistance(gram, i, j))
    return sumOf(distances.sort((a, b) => a - b).slice(0, near))
  })
}
