import type { ContributionSpec } from './types.ts'

/** Whether the federator measures what updates add; else shares follow from who took part, or from the rows that silos state. */
export function isMeasured({ estimator }: Pick<ContributionSpec, 'estimator'>): boolean {
  return estimator !== 'equal' && estimator !== 'samples'
}
