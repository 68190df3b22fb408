import { parseDecimal } from './parse-decimal.ts'

/** ISO 8601 date, or date and time with T or a space; fractions of a second and an offset may follow. */
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/
const MS = 1_000

/** Seconds since 1970 of an ISO time (without an offset: as if UTC, for local clocks only differences count) or a number of seconds. */
export function parseTime(text: string): number | undefined {
  const seconds = parseDecimal(text)
  if (seconds !== undefined) return seconds
  if (!ISO.test(text)) return undefined
  const isBare = !/(?:Z|[+-]\d{2}:?\d{2})$/.test(text) || text.length === 'yyyy-mm-dd'.length
  const isDate = text.length === 'yyyy-mm-dd'.length
  const value = Date.parse(
    isDate || !isBare ? text.replace(' ', 'T') : `${text.replace(' ', 'T')}Z`,
  )
  return Number.isNaN(value) ? undefined : value / MS
}
