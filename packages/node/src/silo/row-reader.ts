import type { DataMoments, TrainingRows } from '@fednode/engine'
import type { CategoryCounts, DataSpec } from '@fednode/protocol'

/** A silo's own rows where the statistics step fills the schema in. */
export type RowReader = {
  /** Moments of the columns that the manifest asks for; nothing is held back yet. */
  moments(): Promise<DataMoments>
  /** How many rows have each value of the columns whose categories are to be agreed on; nothing is held back yet. */
  categories(): Promise<readonly CategoryCounts[]>
  /** Reads the rows by a filled schema. @throws {UserError} as loadTrainingRows. */
  load(data: DataSpec): Promise<TrainingRows>
}
