import type { StrategyName } from '@fednode/protocol'
import { choice } from '../framework/value-type.ts'

/** Every strategy that a manifest may name, by its type: the manifest's schema is too heavy for --help. */
const STRATEGIES = Object.keys({
  fedavg: true,
  fednova: true,
  fedavgm: true,
  fedadagrad: true,
  fedadam: true,
  fedyogi: true,
  fedprox: true,
  scaffold: true,
  median: true,
  'trimmed-mean': true,
  krum: true,
  'multi-krum': true,
  bulyan: true,
  'geometric-median': true,
  'centered-clipping': true,
  'norm-clipping': true,
  foolsgold: true,
} satisfies Record<StrategyName, true>)

/** One of the ways to make one model of many. */
export const strategyName = choice('STRATEGY', STRATEGIES as readonly StrategyName[])
