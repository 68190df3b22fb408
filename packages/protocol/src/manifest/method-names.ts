import type { EstimatorName, MetricName, StrategyName, StrategySpec, UtilityName } from './types.ts'

/** Every strategy, in the order of docs/CONTRIBUTION.md. */
export const STRATEGY_NAMES: readonly [StrategyName, ...StrategyName[]] = [
  'fedavg',
  'fedavgm',
  'fedadagrad',
  'fedadam',
  'fedyogi',
  'fedprox',
  'scaffold',
  'fednova',
  'median',
  'trimmed-mean',
  'krum',
  'multi-krum',
  'bulyan',
  'geometric-median',
  'centered-clipping',
  'norm-clipping',
  'foolsgold',
]

/** Every estimator, in the order of docs/CONTRIBUTION.md. */
export const ESTIMATOR_NAMES: readonly [EstimatorName, ...EstimatorName[]] = [
  'auto',
  'exact',
  'centered-regression',
  'leave-one-out',
  'own-utility',
  'equal',
  'samples',
  'permutation',
  'antithetic',
  'tmc',
  'gtg',
  'svarm',
  'kernelshap',
  'leverageshap',
]

/** Every utility. */
export const UTILITY_NAMES: readonly [UtilityName, ...UtilityName[]] = [
  'accuracy',
  'negative-loss',
  'balanced-accuracy',
  'auc',
  'f1',
  'negative-rmse',
  'negative-mae',
  'c-index',
]

/** In the order in which people read them: the first that a model has is its headline. */
export const METRIC_NAMES: readonly MetricName[] = [
  'accuracy',
  'c-index',
  'rmse',
  'mae',
  'auc',
  'balanced-accuracy',
  'f1',
  'log-loss',
  'calibration-error',
]

/** These count every silo once, whatever it says of its rows. */
const UNWEIGHTED = [
  'median',
  'trimmed-mean',
  'krum',
  'multi-krum',
  'bulyan',
  'centered-clipping',
  'foolsgold',
] as const satisfies readonly StrategyName[]

/** A strategy with all its options at their defaults; weighted by samples where it may be. */
export function defaultStrategy(name: StrategyName): StrategySpec {
  return isUnweighted(name) ? { name, weighting: 'equal' } : { name, weighting: 'samples' }
}

function isUnweighted(name: StrategyName): name is (typeof UNWEIGHTED)[number] {
  return UNWEIGHTED.some((other) => other === name)
}
