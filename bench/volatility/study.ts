import type { EstimatorName, StrategySpec } from '../../packages/protocol/src/index.ts'

/** Strategies of the study, all with the defaults of their papers; Krum looks out for two silos of eight. */
export const STRATEGIES: readonly StrategySpec[] = [
  { name: 'fedavg', weighting: 'samples' },
  { name: 'fedavgm', weighting: 'samples' },
  { name: 'fedadam', weighting: 'samples' },
  { name: 'fedadagrad', weighting: 'samples' },
  { name: 'fedyogi', weighting: 'samples' },
  { name: 'fedprox', weighting: 'samples' },
  { name: 'krum', weighting: 'equal', attackers: 2 },
  { name: 'median', weighting: 'equal' },
]

/** Estimators of the study: they are given the same utilities. */
export const ESTIMATORS: readonly EstimatorName[] = [
  'exact',
  'leave-one-out',
  'own-utility',
  'permutation',
  'gtg',
  'svarm',
  'centered-regression',
]
/** These stop on a budget, the others evaluate what they are defined on. */
export const SAMPLERS: ReadonlySet<EstimatorName> = new Set([
  'permutation',
  'gtg',
  'svarm',
  'centered-regression',
])
/** Coalitions that a sampler evaluates, of 256. */
export const SAMPLED_COALITIONS = 64

/** Rows of each silo relative to the others: the truth that shares are compared with, as in the paper. */
export const SILO_SIZES = [4, 5, 6, 7, 8, 9, 10, 11] as const

/** Dirichlet concentration of the labels in each split; the sizes are the same. */
export const SPLITS = { dirichlet: 0.5, iid: 1_000 } as const
export type SplitName = keyof typeof SPLITS

export const ROUNDS = 4
/** Each federation is played once per seed: other initial weights and shuffles, the same rows. */
export const SEEDS = [1, 2] as const
