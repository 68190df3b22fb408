import { type Dataset, loadDataset } from '../../packages/engine/src/index.ts'
import type { DataSpec } from '../../packages/protocol/src/index.ts'
import { withCsvFile } from '../../test/lab/data/write-csv.ts'

/** Rows of a CSV text as a silo with this schema reads them. @throws {UserError} as loadDataset. */
export async function loadRows(csv: string, data: DataSpec): Promise<Dataset> {
  const { dataset } = await withCsvFile(csv, (file) => loadDataset(file, data))
  return dataset
}

/** The same of many texts, one after the other. */
export async function loadAllRows(
  tables: readonly string[],
  data: DataSpec,
): Promise<readonly Dataset[]> {
  const loaded: Dataset[] = []
  for (const csv of tables) loaded.push(await loadRows(csv, data))
  return loaded
}
