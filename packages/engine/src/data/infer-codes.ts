import type { ColumnObserver } from './observe-column.ts'

/** A number column that holds a few small whole numbers: amounts, or codes of categories. */
export type PossibleCodes = { readonly column: string; readonly values: readonly string[] }

/** A code is a whole number from 0 to this. */
const LARGEST_CODE = 20
/** Two codes are as well one number. */
const LEAST_CODES = 3
const MOST_CODES = 10

/** What values a column of whole numbers has, where they may be codes; nobody but the author can tell. */
export function inferCodes(column: string, observer: ColumnObserver): readonly PossibleCodes[] {
  const values = observer.texts(MOST_CODES) ?? []
  const { min = -1, max = 0 } = observer.extremes()
  if (values.length < LEAST_CODES || min < 0 || max > LARGEST_CODE) return []
  return [{ column, values }]
}
