import { countShared } from './layer-parts.ts'
import { groupThousands } from './numbers-text.ts'
import { type OwnRows, type PlanWarning, rowsText } from './plan-warning.ts'
import type { Manifest } from './types.ts'

// Who is in a training set is told from how well a model knows him (Shokri et al. 2017), the better the more it overfits (Yeom et al. 2018).
const HANDFUL = 10
const FEW_ROWS = 50
const WEIGHTS_A_ROW = 1_000
// Cells that fewer rows share are held back by statistical offices too (Hundepool et al. 2012, threshold rule).
const RARE = 5
const ROWS_A_CLASS = 2

/** What a silo's own rows, followed by this plan, would give away. */
export function rowWarnings(manifest: Manifest, own: OwnRows): readonly PlanWarning[] {
  const bounds = boundWarnings(manifest, own)
  if (bounds.length > 0) return bounds
  return [
    ...countWarnings(own),
    ...capacityWarnings(manifest, own),
    ...labelWarnings(own),
    ...categoryWarnings(own),
  ]
}

function boundWarnings({ privacy, limits }: Manifest, { used }: OwnRows): PlanWarning[] {
  if (used > (limits.maxRows ?? used)) {
    const text = `${rowsText(used)}, the manifest takes at most ${limits.maxRows} from one silo`
    return [{ code: 'PLAN_ABOVE_MAXIMUM_ROWS', severity: 'refuse', text }]
  }
  if (used >= privacy.minimumRows) return []
  const text = `${rowsText(used)}, the manifest asks for at least ${privacy.minimumRows}`
  return [{ code: 'PLAN_BELOW_MINIMUM_ROWS', severity: 'refuse', text }]
}

function countWarnings({ used }: OwnRows): PlanWarning[] {
  if (used >= FEW_ROWS) return []
  const text = `${rowsText(used)}: the model can memorise so few; ${FEW_ROWS} or more are safer`
  return used < HANDFUL
    ? [{ code: 'PLAN_HANDFUL_OF_ROWS', severity: 'floor', text }]
    : [{ code: 'PLAN_FEW_ROWS', severity: 'warn', text }]
}

function capacityWarnings(manifest: Manifest, { used }: OwnRows): PlanWarning[] {
  const weights = countShared(manifest)
  if (weights < used * WEIGHTS_A_ROW) return []
  const text = `${groupThousands(weights)} weights for ${rowsText(used)}: enough to know them by heart; whoever has the model may tell who was in it`
  return [{ code: 'PLAN_MANY_WEIGHTS', severity: 'warn', text }]
}

/** A label that names its row: what the last layer learns of a class is then what it learns of one person (Zhao et al. 2020). */
function labelWarnings({ used, labels = [] }: OwnRows): PlanWarning[] {
  const present = labels.filter(({ count }) => count > 0).length
  if (present < 2 || used >= present * ROWS_A_CLASS) return []
  const text = `${present} labels for ${rowsText(used)}: the label nearly names the row, as an identifier would`
  return [{ code: 'PLAN_LABEL_IS_ID', severity: 'floor', text }]
}

/** The weights of a category's one-hot column move by the rows that have it, and by no other (Melis et al. 2019, Vero et al. 2023). */
function categoryWarnings({ columns = [] }: OwnRows): PlanWarning[] {
  const rare = columns.flatMap(({ name, categories = [] }) =>
    categories.some(({ count }) => count > 0 && count < RARE) ? [name] : [],
  )
  if (rare.length === 0) return []
  const text = `${rare.join(', ')}: a category that fewer than ${RARE} of your rows have shows what these are like`
  return [{ code: 'PLAN_RARE_CATEGORY', severity: 'warn', text }]
}
