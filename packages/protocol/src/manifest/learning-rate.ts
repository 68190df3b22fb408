import type { TrainingPlan } from './training-types.ts'

/**
 * Learning rate of one round of `rounds` (Loshchilov & Hutter 2017, arXiv 1608.03983, for the cosine).
 * @param round - from 1.
 */
export function learningRateAt(
  { learningRate, schedule }: Pick<TrainingPlan, 'learningRate' | 'schedule'>,
  round: number,
  rounds: number,
): number {
  if (schedule === undefined) return learningRate
  if (schedule.kind === 'step')
    return learningRate * schedule.factor ** Math.floor((round - 1) / schedule.rounds)
  const passed = rounds === 1 ? 0 : (round - 1) / (rounds - 1)
  const fall = (1 + Math.cos(Math.PI * passed)) / 2
  return learningRate * (schedule.least + (1 - schedule.least) * fall)
}
