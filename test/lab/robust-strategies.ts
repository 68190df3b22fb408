import type { StrategySpec } from '../../packages/protocol/src/index.ts'

/** The plain mean and every robust method, told to bear `attackers` of `silos` where it asks for that. */
export function robustStrategies(silos: number, attackers: number): readonly StrategySpec[] {
  const weighting = 'equal'
  return [
    { name: 'fedavg', weighting },
    { name: 'median', weighting },
    { name: 'trimmed-mean', weighting, trim: attackers / silos },
    { name: 'krum', weighting, attackers },
    { name: 'multi-krum', weighting, attackers },
    { name: 'bulyan', weighting, attackers },
    { name: 'geometric-median', weighting },
    { name: 'centered-clipping', weighting },
    { name: 'norm-clipping', weighting },
    { name: 'foolsgold', weighting },
  ]
}
