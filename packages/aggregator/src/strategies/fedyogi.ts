import { ADAPTIVE_DEFAULTS, type AdaptiveOptions, adaptive } from './adaptive.ts'
import type { AdaptiveStrategy } from './strategy.ts'

const DEFAULTS = { ...ADAPTIVE_DEFAULTS, serverLearningRate: 0.01 }

/** v -= (1 - beta2) d^2 sign(v - d^2) (FedYogi, Reddi et al. 2021, arXiv 2003.00295, Algorithm 2). */
export function fedyogi(options: AdaptiveOptions): AdaptiveStrategy {
  const filled = { ...DEFAULTS, ...options }
  return adaptive(
    filled,
    (second, square) => second - (1 - filled.beta2) * square * Math.sign(second - square),
  )
}
