import { parquetBytes } from '@fednode/engine'
import { csvLines } from './csv-lines.ts'
import { jsonLines } from './json-lines.ts'
import type { PredictionTable } from './prediction-table.ts'
import { writeResult } from './write-result.ts'

/** How predictions are written, by the ending of the file. */
export const PREDICTION_FORMATS = {
  '.csv': 'csv',
  '.jsonl': 'json lines',
  '.ndjson': 'json lines',
  '.parquet': 'parquet',
} as const

/** One of these. */
export type PredictionFormat = (typeof PREDICTION_FORMATS)[keyof typeof PREDICTION_FORMATS]

/** Writes predictions; texts go to the disk line by line. @throws {UserError} as writeResult. */
export async function writePredictions(
  table: PredictionTable,
  { file, format }: { readonly file: string; readonly format: PredictionFormat },
): Promise<void> {
  await writeResult(file, await contentOf(table, format))
}

async function contentOf(
  table: PredictionTable,
  format: PredictionFormat,
): Promise<Uint8Array | Iterable<string>> {
  switch (format) {
    case 'csv':
      return csvLines(table)
    case 'json lines':
      return jsonLines(table)
    case 'parquet':
      return parquetBytes(table.columns, table.rows())
  }
}
