import type { StrategySpec } from '@fednode/protocol'
import { fedavgMean } from './fedavg-mean.ts'
import type { Strategy } from './strategy.ts'

/** The strategy that a manifest names, with its options. */
export function strategyOf(spec: StrategySpec): Strategy {
  // Others follow; until then all are the mean.
  return fedavgMean(spec.weighting)
}
