import type { StrategySpec } from '@fednode/protocol'
import { countsOf, modelBlend, sharesOf } from './blends.ts'
import { clippingFactor } from './clipping-factor.ts'
import { medianOf } from './median-of.ts'
import { CHANGES, type LinearStrategy, type OptionsOf } from './strategy.ts'

/**
 * Mean of the changes after each was scaled down to a norm of at most `bound` (Sun et al. 2019, arXiv 1911.07963, section 4). Their
 * bounds belong to their models; without one the median of the norms is the bound (Nguyen et al. 2022, arXiv 2101.02281, section 4.3).
 */
export function normClipping(options: OptionsOf<'norm-clipping', StrategySpec>): LinearStrategy {
  return {
    kind: 'linear',
    rows: CHANGES,
    decide: (facts, gram) => {
      const shares = sharesOf(countsOf(options.weighting, facts))
      const norms = facts.updates.map((_, i) => Math.sqrt(gram(i, i)))
      const bound = options.bound ?? medianOf(norms)
      const coefficients = shares.map((share, i) => share * clippingFactor(norms[i] ?? 0, bound))
      return { model: modelBlend(coefficients), counted: coefficients }
    },
  }
}
