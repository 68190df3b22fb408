import { csvLine } from '../framework/csv-line.ts'
import type { PredictionTable } from './prediction-table.ts'

/** Texts of a table of predictions, line by line: CSV with a header. */
export function* csvLines({ columns, rows }: PredictionTable): Iterable<string> {
  yield csvLine(columns.map(({ name }) => name))
  for (const row of rows()) yield csvLine(row)
}
