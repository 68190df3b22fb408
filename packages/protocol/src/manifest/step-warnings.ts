import { type OwnRows, type PlanWarning, rowsText } from './plan-warning.ts'
import type { Manifest } from './types.ts'

// A fully connected layer's gradient of one row is that row (Phong et al. 2017, Geiping et al. 2020, prop. 3.1); batches of up to 8 rows
// were recovered from a gradient (Zhu et al. 2019), tabular ones of 16 and more in part (Vero et al. 2023).
const TINY_BATCH = 4
const SMALL_BATCH = 16

/** What the sizes of batches and the number of steps give away: few rows a step, and one step only. */
export function stepWarnings(manifest: Manifest, own?: OwnRows): readonly PlanWarning[] {
  return [...batchWarnings(manifest), ...oneStepWarnings(manifest, own)]
}

function batchWarnings({ training: { batchSize } }: Manifest): PlanWarning[] {
  if (batchSize >= SMALL_BATCH) return []
  const text = `batch of ${rowsText(batchSize)}: updates of so few rows can reveal them; ask for ${SMALL_BATCH} or more`
  return batchSize < TINY_BATCH
    ? [{ code: 'PLAN_TINY_BATCH', severity: 'floor', text }]
    : [{ code: 'PLAN_SMALL_BATCH', severity: 'warn', text }]
}

/** The update of one step is a gradient, which inversion attacks begin with; later steps blur it. */
function oneStepWarnings({ training }: Manifest, own: OwnRows | undefined): PlanWarning[] {
  const { steps, epochs, batchSize } = training
  const isWhole = own !== undefined && own.used <= batchSize && epochs === 1
  if (steps !== 1 && !isWhole) return []
  const rows = Math.min(batchSize, own?.used ?? batchSize)
  if (rows < SMALL_BATCH) {
    const text = `one training step a round over ${rowsText(rows)}: the update is their gradient, from which rows have been rebuilt`
    return [{ code: 'PLAN_ONE_SMALL_STEP', severity: 'floor', text }]
  }
  const which = isWhole ? 'all your rows' : rowsText(rows)
  const text = `one training step a round: the update is the gradient of ${which}`
  return [{ code: 'PLAN_ONE_STEP', severity: 'warn', text }]
}
