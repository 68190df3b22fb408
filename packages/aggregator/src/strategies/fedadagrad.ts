import { ADAPTIVE_DEFAULTS, type AdaptiveOptions, adaptive } from './adaptive.ts'
import type { AdaptiveStrategy } from './strategy.ts'

/** The paper's Adagrad has no momentum. */
const DEFAULTS = { ...ADAPTIVE_DEFAULTS, beta1: 0, serverLearningRate: 0.1 }

/** v += d^2 (FedAdagrad, Reddi et al. 2021, arXiv 2003.00295, Algorithm 2). */
export function fedadagrad(options: AdaptiveOptions): AdaptiveStrategy {
  return adaptive({ ...DEFAULTS, ...options }, (second, square) => second + square)
}
