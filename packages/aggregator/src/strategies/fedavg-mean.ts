import type { Weighting } from '@fednode/protocol'
import type { LinearStrategy } from './strategy.ts'
import { countOf, meanBlend } from './weighted-blend.ts'

/**
 * Weighted mean of the silos' weights: sum_i n_i x_i / sum_i n_i (FedAvg, McMahan et al. 2017, arXiv 1602.05629, Algorithm 1).
 */
export function fedavgMean(weighting: Weighting): LinearStrategy {
  return {
    kind: 'linear',
    decide: ({ updates }) => ({ model: meanBlend(countOf(weighting, updates)) }),
  }
}
