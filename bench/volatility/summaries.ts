import { kendall, spearman } from './rank-correlation.ts'

/** How far shares lie from the parts of the rows: Euclidean distance, and correlations of the ranks. */
export type SizeAgreement = {
  readonly l2: number
  readonly spearman: number
  readonly kendall: number
}

/** @param sizes - parts of all rows, summing to 1 as shares do. */
export function agreeWithSizes(shares: readonly number[], sizes: readonly number[]): SizeAgreement {
  return {
    l2: Math.hypot(...shares.map((share, silo) => share - (sizes[silo] ?? 0))),
    spearman: spearman(shares, sizes),
    kendall: kendall(shares, sizes),
  }
}

/** How shares of the same silos differ between several measurements. */
export type Spread = {
  /** Mean over the silos of the standard deviation of their share. */
  readonly deviation: number
  /** Of the silo whose share differs most: its largest share less its smallest. */
  readonly range: number
  /** Mean of Spearman's correlation between two measurements. */
  readonly spearman: number
}

/** @param measurements - at least two, each with one share per silo. */
export function spreadOf(measurements: readonly (readonly number[])[]): Spread {
  const silos = (measurements[0] ?? []).map((_, silo) =>
    measurements.map((shares) => shares[silo] ?? 0),
  )
  const pairs = measurements.flatMap((one, i) =>
    measurements.slice(0, i).map((other) => spearman(one, other)),
  )
  return {
    deviation: mean(silos.map(deviationOf)),
    range: Math.max(...silos.map((shares) => Math.max(...shares) - Math.min(...shares))),
    spearman: mean(pairs),
  }
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

/** Of a sample: over n - 1. */
function deviationOf(values: readonly number[]): number {
  const centre = mean(values)
  const squares = values.reduce((sum, value) => sum + (value - centre) ** 2, 0)
  return Math.sqrt(squares / (values.length - 1))
}
