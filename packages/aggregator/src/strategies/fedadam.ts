import { ADAPTIVE_DEFAULTS, type AdaptiveOptions, adaptive } from './adaptive.ts'
import type { AdaptiveStrategy } from './strategy.ts'

const DEFAULTS = { ...ADAPTIVE_DEFAULTS, serverLearningRate: 0.01 }

/** v = beta2 v + (1 - beta2) d^2, without bias correction (FedAdam, Reddi et al. 2021, arXiv 2003.00295, Algorithm 2). */
export function fedadam(options: AdaptiveOptions): AdaptiveStrategy {
  const filled = { ...DEFAULTS, ...options }
  return adaptive(filled, (second, square) => filled.beta2 * second + (1 - filled.beta2) * square)
}
