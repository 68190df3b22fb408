import type { DataMoments, Dataset } from '@fednode/engine'
import type { DataSpec } from '@fednode/protocol'

/** A silo's own rows where the statistics step fills the schema in. */
export type RowReader = {
  /** Moments of the columns that the manifest asks for; nothing is held back yet. */
  moments(): Promise<DataMoments>
  /** Reads the rows by a filled schema. @throws {UserError} as loadDataset. */
  load(data: DataSpec): Promise<Dataset>
}
