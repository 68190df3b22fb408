import type { DataSpec } from '@fednode/protocol'
import type { Dataset } from '../types.ts'
import { dataError } from './data-error.ts'
import type { DataReading } from './data-reading.ts'
import { readDataset } from './read-dataset.ts'
import type { DataReport } from './report.ts'

/** Rows ready for training, and what the file held. */
export type LoadedDataset = { readonly dataset: Dataset; readonly report: DataReport }

/**
 * Reads a silo's data by the manifest's schema; see docs/DATA.md for the formats. Nothing of it is kept on disk. Row numbers in errors
 * count from 1, the first row after the header.
 * @param source - a path, or one SELECT over files that it names.
 * @throws {UserError} fault "data" (exit code 6) with a DATA_ code: what, where, the value; the hint says what to do.
 */
export async function loadDataset(source: string, data: DataSpec): Promise<LoadedDataset> {
  const reading = await readDataset(source, data)
  refuseViolations(reading)
  const { dataset, report } = reading
  if (report.used > 0) return { dataset, report }
  const { file, rows } = report
  const [what, each] =
    data.kind === 'series'
      ? ['no window of readings is without a gap', '']
      : ['', `each of its ${rows} rows has a missing value`]
  throw dataError('DATA_NO_ROWS', `${file}: ${what}${each}`, {
    hint: 'Check the columns with  fednode data check.',
  })
}

function refuseViolations({ report, violations, suspicions }: DataReading): void {
  const first = violations.firstError(report.file)
  if (first === undefined) return
  const [unit] = suspicions
  if (unit === undefined) throw first
  throw dataError('DATA_WRONG_UNIT', `${report.file}: ${unit.text}`, { hint: first.message })
}
