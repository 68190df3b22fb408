import type { CoordinateStrategy } from './strategy.ts'

/** Share of the values that is cut off at each end: the default of Flower's FedTrimmedAvg; the paper's beta is the attackers' share. */
const DEFAULT_TRIM = 0.2
/** 0.3 * 10 is 3 whole silos, whatever the floating point says. */
const ROUNDING = 1e-9

/**
 * Mean per coordinate without the floor(trim * n) smallest and as many largest values (Yin et al. 2018, arXiv 1803.01498, definition 2).
 * @param options.trim - below 0.5: at least one value is left.
 */
export function trimmedMean(options: { readonly trim?: number }): CoordinateStrategy {
  const { trim = DEFAULT_TRIM } = options
  return {
    kind: 'coordinate',
    decide: ({ updates }) => ({
      members: [...updates.keys()],
      selection: { kind: 'trimmed', drop: Math.floor(trim * updates.length + ROUNDING) },
    }),
  }
}
