import type { StrategySpec } from '@fednode/protocol'
import { changeBlend, countsOf, modelBlend, sharesOf } from './blends.ts'
import type { LinearStrategy, OptionsOf } from './strategy.ts'

/** State: the server's control variate c. */
const CONTROL = 'control'

/**
 * Control variates (SCAFFOLD, Karimireddy et al. 2020, arXiv 1910.06378, Algorithm 1, option II): x += eta_g sum_i p_i (y_i - x) and
 * c += |S| / N sum_i p_i dc_i. With option II, dc_i = (x - y_i) / (K_i eta_l) - c follows from the update, so silos send nothing else.
 * p_i is 1 / |S| as in the paper, or the share of samples. Default of eta_g: 1.
 */
export function scaffold(options: OptionsOf<'scaffold', StrategySpec>): LinearStrategy {
  const { weighting, serverLearningRate: rate = 1 } = options
  return {
    kind: 'linear',
    decide: (facts) => {
      const shares = sharesOf(countsOf(weighting, facts))
      const part = facts.updates.length / facts.clients
      const gradients = shares.map(
        (share, i) => (-part * share) / ((facts.updates[i]?.steps ?? 1) * facts.localLearningRate),
      )
      const states: [string, number][] = facts.states.has(CONTROL) ? [[CONTROL, 1 - part]] : []
      return {
        model: modelBlend(shares.map((share) => rate * share)),
        counted: shares,
        keep: [[CONTROL, changeBlend(gradients, states)]],
      }
    },
  }
}
