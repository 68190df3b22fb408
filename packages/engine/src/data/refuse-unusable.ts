import type { DataSpec } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataReading } from './data-reading.ts'

/**
 * Lets a reading pass that has rows and no bad cell.
 * @throws {UserError} fault "data" with the first violation, or DATA_NO_ROWS.
 */
export function refuseUnusable(reading: DataReading<object>, { kind }: DataSpec): void {
  refuseViolations(reading)
  const { file, rows, used } = reading.report
  if (used > 0) return
  const why =
    kind === 'series'
      ? 'no window of readings is without a gap'
      : `each of its ${rows} rows has a missing value`
  throw dataError('DATA_NO_ROWS', `${file}: ${why}`, {
    hint: 'Check the columns with  fednode data check.',
  })
}

function refuseViolations({ report, violations, suspicions }: DataReading<object>): void {
  const first = violations.firstError(report.file)
  if (first === undefined) return
  const [unit] = suspicions
  if (unit === undefined) throw first
  throw dataError('DATA_WRONG_UNIT', `${report.file}: ${unit.text}`, { hint: first.message })
}
