import type { StrategySpec } from '@fednode/protocol'
import { changeBlend, countsOf, modelBlend, sharesOf } from './blends.ts'
import type { LinearStrategy, OptionsOf } from './strategy.ts'

/** State: v of the last round. */
const MOMENTUM = 'momentum'
const DEFAULTS = { serverLearningRate: 1, momentum: 0.9 }

/**
 * Server momentum: v = beta v + mean change, x += eta v (FedAvgM, Hsu et al. 2019, arXiv 1909.06335, section 4.3). Defaults: beta 0.9,
 * the best of most of their settings, and eta 1.
 */
export function fedavgm(options: OptionsOf<'fedavgm', StrategySpec>): LinearStrategy {
  const { weighting, serverLearningRate: rate, momentum } = { ...DEFAULTS, ...options }
  return {
    kind: 'linear',
    decide: (facts) => {
      const counted = sharesOf(countsOf(weighting, facts))
      const states = (factor: number): [string, number][] =>
        facts.states.has(MOMENTUM) ? [[MOMENTUM, factor * momentum]] : []
      const steps = counted.map((share) => rate * share)
      return {
        model: modelBlend(steps, states(rate)),
        counted,
        keep: [[MOMENTUM, changeBlend(counted, states(1))]],
      }
    },
  }
}
