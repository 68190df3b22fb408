import type { Manifest } from './types.ts'

// Below these, updates are known to give rows away (gradient inversion; Zhu et al. 2019, Geiping et al. 2020).
const SMALL_BATCH = 16
const FEW_ROWS = 50
const TINY_COHORT = 3

/** Something that the administrator of a silo should know before taking part (T36, T37). */
export type PlanWarning = {
  readonly code:
    | 'PLAN_SMALL_BATCH'
    | 'PLAN_ONE_STEP'
    | 'PLAN_FEW_ROWS'
    | 'PLAN_BELOW_MINIMUM_ROWS'
    | 'PLAN_ABOVE_MAXIMUM_ROWS'
    | 'PLAN_TINY_COHORT'
  /** refuse: taking part would break the manifest's own bounds. */
  readonly severity: 'warn' | 'refuse'
  readonly text: string
}

/**
 * What could leak if a silo follows this plan.
 * @param rows - usable rows of the silo's data, when known.
 */
export function planWarnings(manifest: Manifest, rows?: number): readonly PlanWarning[] {
  return [
    ...batchWarnings(manifest),
    ...cohortWarnings(manifest),
    ...(rows === undefined ? [] : rowWarnings(manifest, rows)),
  ]
}

function batchWarnings({ training }: Manifest): PlanWarning[] {
  if (training.batchSize >= SMALL_BATCH) return []
  const text = `batch of ${rowsText(training.batchSize)}: updates of so few rows can reveal them; ask for ${SMALL_BATCH} or more`
  return [{ code: 'PLAN_SMALL_BATCH', severity: 'warn', text }]
}

function cohortWarnings({ rounds }: Manifest): PlanWarning[] {
  if (rounds.minSilos >= TINY_COHORT) return []
  const text =
    rounds.minSilos === 1
      ? 'a round may have one silo only: the published model is then its update'
      : 'a round may have two silos only: each can compute the update of the other'
  return [{ code: 'PLAN_TINY_COHORT', severity: 'warn', text }]
}

function rowWarnings({ training, privacy, limits }: Manifest, rows: number): PlanWarning[] {
  if (rows > (limits.maxRows ?? rows)) {
    const text = `${rowsText(rows)}, the manifest takes at most ${limits.maxRows} from one silo`
    return [{ code: 'PLAN_ABOVE_MAXIMUM_ROWS', severity: 'refuse', text }]
  }
  if (rows < privacy.minimumRows) {
    const text = `${rowsText(rows)}, the manifest asks for at least ${privacy.minimumRows}`
    return [{ code: 'PLAN_BELOW_MINIMUM_ROWS', severity: 'refuse', text }]
  }
  const warnings: PlanWarning[] = []
  if (rows < FEW_ROWS) {
    const text = `${rowsText(rows)}: the model can memorise so few; ${FEW_ROWS} or more are safer`
    warnings.push({ code: 'PLAN_FEW_ROWS', severity: 'warn', text })
  }
  if (training.steps === 1 || (rows <= training.batchSize && training.epochs === 1)) {
    const text = 'one training step a round: the update is the gradient of all your rows'
    warnings.push({ code: 'PLAN_ONE_STEP', severity: 'warn', text })
  }
  return warnings
}

function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
