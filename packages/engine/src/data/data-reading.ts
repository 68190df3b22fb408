import type { Dataset } from '../types.ts'
import type { DataReport } from './report.ts'
import type { UnitSuspicion } from './suspect-units.ts'
import type { Violations } from './violations.ts'

/** A data file read to its end: the rows that are good, and all that is wrong with the others. */
export type DataReading = {
  readonly dataset: Dataset
  readonly report: DataReport
  /** Where each row of the data set stands in the file, from 1; of a window its target. Absent: all rows of the file, in order. */
  readonly rowNumbers?: readonly number[]
  readonly violations: Violations
  /** Columns whose numbers look like another unit's. */
  readonly suspicions: readonly UnitSuspicion[]
}
