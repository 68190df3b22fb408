import type { Weighting } from '@fednode/protocol'
import { countsOf, meanBlend } from './blends.ts'
import type { LinearStrategy } from './strategy.ts'

/**
 * Weighted mean of the silos' weights: sum_i n_i x_i / sum_i n_i (FedAvg, McMahan et al. 2017, arXiv 1602.05629, Algorithm 1). FedProx
 * (Li et al. 2020, arXiv 1812.06127) is the same at the server; its proximal term is the silos'.
 */
export function fedavg({ weighting }: { readonly weighting: Weighting }): LinearStrategy {
  return {
    kind: 'linear',
    decide: (facts) => {
      const counted = countsOf(weighting, facts)
      return { model: meanBlend(counted), counted }
    },
  }
}
