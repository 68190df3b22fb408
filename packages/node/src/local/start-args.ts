import type { FederationPlan } from './plan.ts'

/** What tells an aggregator which model its federation starts from. */
export function startArgs({ startFile }: Pick<FederationPlan, 'startFile'>): readonly string[] {
  return startFile === undefined ? [] : ['--start', startFile]
}
