import { csvLine } from './csv-line.ts'

/** A table as CSV, see csvLine. */
export function csvText(headings: readonly string[], rows: readonly (readonly string[])[]): string {
  return [headings, ...rows].map(csvLine).join('')
}
