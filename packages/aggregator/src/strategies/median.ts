import type { CoordinateStrategy } from './strategy.ts'

/** Median per coordinate, of an even number the mean of the two in the middle (Yin et al. 2018, arXiv 1803.01498, definition 1). */
export function median(): CoordinateStrategy {
  return {
    kind: 'coordinate',
    decide: ({ updates }) => ({
      members: [...updates.keys()],
      selection: { kind: 'trimmed', drop: Math.floor((updates.length - 1) / 2) },
    }),
  }
}
