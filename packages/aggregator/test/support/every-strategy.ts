import type { StrategySpec } from '@fednode/protocol'

/** Every strategy, with defaults and with options. */
export const EVERY_STRATEGY: readonly StrategySpec[] = [
  { name: 'fedavg', weighting: 'samples' },
  { name: 'fedavg', weighting: 'equal' },
  { name: 'fedprox', weighting: 'samples', proximal: 0.1 },
  { name: 'fednova', weighting: 'samples' },
  { name: 'fedavgm', weighting: 'samples' },
  { name: 'fedavgm', weighting: 'equal', serverLearningRate: 0.5, momentum: 0.3 },
  { name: 'fedadagrad', weighting: 'samples' },
  { name: 'fedadam', weighting: 'samples' },
  { name: 'fedadam', weighting: 'equal', beta1: 0.5, beta2: 0.8, adaptivity: 0.1 },
  { name: 'fedyogi', weighting: 'samples', serverLearningRate: 0.1 },
  { name: 'scaffold', weighting: 'equal' },
  { name: 'scaffold', weighting: 'samples', serverLearningRate: 0.5 },
  { name: 'median', weighting: 'equal' },
  { name: 'trimmed-mean', weighting: 'equal' },
  { name: 'trimmed-mean', weighting: 'equal', trim: 0.4 },
  { name: 'krum', weighting: 'equal' },
  { name: 'multi-krum', weighting: 'equal' },
  { name: 'multi-krum', weighting: 'equal', attackers: 1, keep: 3 },
  { name: 'bulyan', weighting: 'equal' },
  { name: 'geometric-median', weighting: 'samples' },
  { name: 'centered-clipping', weighting: 'equal' },
  { name: 'centered-clipping', weighting: 'equal', radius: 0.7, iterations: 3, momentum: 0 },
  { name: 'norm-clipping', weighting: 'samples' },
  { name: 'norm-clipping', weighting: 'equal', bound: 0.5 },
  { name: 'foolsgold', weighting: 'equal' },
]

/** A strategy and its options on one line, for titles. */
export function titleOf({ name, ...options }: StrategySpec): string {
  return `${name} ${JSON.stringify(options)}`
}
