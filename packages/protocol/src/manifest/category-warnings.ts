import { DISCLOSURE_FLOOR } from '../limits.ts'
import { askedStatistics } from '../preprocessing/asked-columns.ts'
import { type PlanWarning, rowsText } from './plan-warning.ts'
import type { Manifest } from './types.ts'

/** What the agreement on categories tells others of a silo's rows (T38): values themselves leave, not only numbers about them. */
export function categoryWarnings(manifest: Manifest): readonly PlanWarning[] {
  const { categories } = askedStatistics(manifest)
  const [first] = categories
  if (first === undefined) return []
  const names = categories.map(({ name }) => name).join(', ')
  const warnings: PlanWarning[] = []
  if (first.floor < DISCLOSURE_FLOOR) {
    const text = `${names}: a value that ${rowsText(first.floor)} of yours have leaves here as it is written; ask for ${DISCLOSURE_FLOOR} or more`
    warnings.push({ code: 'PLAN_RARE_VALUES', severity: 'floor', text })
  }
  if (first.silos === 1) {
    const text = `${names}: a value that only your rows have becomes known to everybody; ask for preprocessing.categories.minimumSilos of 2 or more`
    warnings.push({ code: 'PLAN_OWN_VALUES', severity: 'warn', text })
  }
  return warnings
}
