import type { Dataset } from '../types.ts'
import type { DataReport } from './report.ts'
import type { UnitSuspicion } from './suspect-units.ts'
import type { Violations } from './violations.ts'

/** A data file read to its end: the rows that are good, their features where a RowKeeper put them, and all that is wrong with the others. */
export type DataReading<Kept extends object> = {
  readonly dataset: Omit<Dataset, 'features'> & Kept
  readonly report: DataReport
  /** Where each row of the data set stands in the file, from 1; of a window its target. Absent: all rows of the file, in order. */
  readonly rowNumbers?: Uint32Array
  /** What a predicted change is added to, one a row, in the label's own unit; absent where the model predicts no change. */
  readonly changesFrom?: Float64Array
  readonly violations: Violations
  /** Columns whose numbers look like another unit's. */
  readonly suspicions: readonly UnitSuspicion[]
}
