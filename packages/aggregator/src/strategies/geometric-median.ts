import type { StrategySpec } from '@fednode/protocol'
import { countsOf, modelBlend, sharesOf } from './blends.ts'
import { distancesTo } from './distances.ts'
import { CHANGES, type LinearStrategy, type OptionsOf } from './strategy.ts'

/** Of the authors' code; a few iterations are near enough. */
const DEFAULTS = { iterations: 4, smoothing: 1e-5 }

/**
 * Smoothed Weiszfeld iterations from the weighted mean towards the point of the smallest sum of distances: v = sum_i b_i x_i / sum_i b_i
 * with b_i = a_i / max(smoothing, ||v - x_i||) (RFA, Pillutla et al. 2022, arXiv 1912.13445, Algorithm 2). Runs on inner products alone.
 */
export function geometricMedian(
  options: OptionsOf<'geometric-median', StrategySpec>,
): LinearStrategy {
  const { weighting, iterations, smoothing } = { ...DEFAULTS, ...options }
  return {
    kind: 'linear',
    rows: CHANGES,
    decide: (facts, gram) => {
      const weights = sharesOf(countsOf(weighting, facts))
      let median = weights
      for (let i = 0; i < iterations; i++) {
        const distances = distancesTo(gram, median)
        median = sharesOf(
          weights.map((weight, k) => weight / Math.max(smoothing, distances[k] ?? 0)),
        )
      }
      return { model: modelBlend(median), counted: median }
    },
  }
}
