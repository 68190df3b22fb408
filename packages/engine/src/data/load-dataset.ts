import type { ArrayData, TabularData } from '@fednode/protocol'
import type { Dataset } from '../types.ts'
import { dataError } from './data-error.ts'
import { inspectDataFile } from './data-file.ts'
import { loadArray } from './load-array.ts'
import { loadTable } from './load-table.ts'
import type { DataReport } from './report.ts'

/** Rows ready for training, and what the file held. */
export type LoadedDataset = { readonly dataset: Dataset; readonly report: DataReport }

/**
 * Reads a silo's file by the manifest's data schema: .csv, .tsv, .csv.gz and .parquet for tables, .safetensors for arrays. Nothing of the
 * file is kept on disk. Row numbers in errors count from 1, the first row after the header.
 * @throws {UserError} fault "data" (exit code 6) with a DATA_ code: what, where, the value; the hint says what to do.
 */
export async function loadDataset(
  path: string,
  data: TabularData | ArrayData,
): Promise<LoadedDataset> {
  const file = await inspectDataFile(path)
  const isArrayFile = file.format === 'safetensors'
  if (isArrayFile !== (data.kind === 'array'))
    throw dataError(
      'DATA_FORMAT_UNKNOWN',
      `${file.name}: the manifest asks for ${data.kind === 'array' ? 'arrays' : 'a table'}`,
      { hint: 'Tables end in .csv, .tsv, .csv.gz or .parquet, arrays in .safetensors.' },
    )
  return data.kind === 'array' ? loadArray(file, data) : loadTable(file, data)
}
