import type { DataSpec } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import { type DataFile, inspectDataFile } from './data-file.ts'
import type { DataReading } from './data-reading.ts'
import { loadArray } from './load-array.ts'
import { loadSeries } from './load-series.ts'
import { loadTable } from './load-table.ts'
import { loadText, type TextRows } from './load-text.ts'
import type { RowKeeper } from './row-buffer.ts'

/** A schema of rows, with a label or without. */
export type ReadableData = Exclude<DataSpec, { readonly kind: 'text' }> | TextRows

/**
 * Reads data by the manifest's schema to its end, whatever is wrong with single cells.
 * @param keeper - where the features go.
 * @throws {UserError} with a DATA_ code when it cannot be read at all.
 */
export async function readDataset<Kept extends object>(
  source: string,
  data: ReadableData,
  keeper: RowKeeper<Kept>,
): Promise<DataReading<Kept>> {
  const file = await inspectDataFile(source)
  checkShape(file, data)
  switch (data.kind) {
    case 'array':
      return loadArray(file, data, keeper)
    case 'table':
      return loadTable(file, data, keeper)
    case 'series':
      return loadSeries(file, data, keeper)
    case 'text':
      return loadText(file, data, keeper)
  }
}

function checkShape({ shape, name }: DataFile, { kind }: ReadableData): void {
  const wanted = kind === 'array' ? 'arrays' : 'table'
  if (shape === wanted) return
  throw dataError(
    'DATA_FORMAT_UNKNOWN',
    `${name}: the manifest asks for ${wanted === 'arrays' ? 'arrays' : 'a table'}`,
    {
      hint: 'Tables: .csv, .tsv, .parquet, .json, .sqlite or a query; arrays: .safetensors, IDX, or a folder of images.',
    },
  )
}
