import type { Weighting } from '@fednode/protocol'
import { countsOf, modelBlend, sharesOf, sumOf } from './blends.ts'
import type { LinearStrategy } from './strategy.ts'

/**
 * Normalised averaging: with p_i a silo's share of the counts and tau_i its local steps, x + tau_eff sum_i p_i (x_i - x) / tau_i, where
 * tau_eff = sum_i p_i tau_i (FedNova, Wang et al. 2020, arXiv 2007.07481, equations 4 and 9, for plain local SGD). A silo that made more
 * steps does not pull further than its share.
 */
export function fednova({ weighting }: { readonly weighting: Weighting }): LinearStrategy {
  return {
    kind: 'linear',
    decide: (facts) => {
      const shares = sharesOf(countsOf(weighting, facts))
      const steps = facts.updates.map((update) => update.steps)
      const effective = sumOf(shares.map((share, i) => share * (steps[i] ?? 1)))
      const coefficients = shares.map((share, i) => (effective * share) / (steps[i] ?? 1))
      return { model: modelBlend(coefficients), counted: shares }
    },
  }
}
