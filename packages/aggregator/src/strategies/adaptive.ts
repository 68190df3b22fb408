import type { StrategySpec } from '@fednode/protocol'
import { countsOf } from './blends.ts'
import type { AdaptiveStrategy, OptionsOf } from './strategy.ts'

export type AdaptiveOptions = OptionsOf<'fedadam', StrategySpec>

/** Adaptivity (tau) that works for most of the paper's tasks, section 5. */
export const ADAPTIVE_DEFAULTS = { beta1: 0.9, beta2: 0.99, adaptivity: 1e-3 }

/** One of the paper's three adaptive server optimizers with its rule for v (Reddi et al. 2021, arXiv 2003.00295, Algorithm 2). */
export function adaptive(
  { weighting, serverLearningRate, beta1, adaptivity }: Required<Omit<AdaptiveOptions, 'beta2'>>,
  nextSecond: (second: number, square: number) => number,
): AdaptiveStrategy {
  const optimizer = { rate: serverLearningRate, beta1, adaptivity, nextSecond }
  return { kind: 'adaptive', weightsOf: (facts) => countsOf(weighting, facts), optimizer }
}
