import { printable, UserError } from '@fednode/protocol'

/** Stable codes of what is wrong with a data file. */
export type DataErrorCode =
  | 'DATA_FILE_NOT_FOUND'
  | 'DATA_FILE_UNREADABLE'
  | 'DATA_FILE_EMPTY'
  | 'DATA_FORMAT_UNKNOWN'
  | 'DATA_NOT_UTF8'
  | 'DATA_BAD_HEADER'
  | 'DATA_BAD_ROW'
  | 'DATA_MISSING_COLUMN'
  | 'DATA_NO_ROWS'
  | 'DATA_BAD_VALUE'
  | 'DATA_MISSING_VALUE'
  | 'DATA_BAD_LABEL'
  | 'DATA_BAD_ARRAY'
  | 'DATA_BAD_IMAGE'
  | 'DATA_BAD_QUERY'
  | 'DATA_WRONG_UNIT'
  | 'DATA_TOO_LARGE'
  | 'DATA_DISK_FULL'
  | 'DATA_DISK_FAILED'

const MAX_SHOWN_CHARACTERS = 40
const MAX_LISTED = 12

/** An error that whoever owns the data can act on: what, where, the value; the hint says what to do (exit code 6). */
export function dataError(
  code: DataErrorCode,
  message: string,
  options: { readonly hint?: string; readonly cause?: unknown } = {},
): UserError {
  return new UserError('data', message, { ...options, code })
}

/** A cell or name in quotes, safe for a terminal and short (T23). */
export function quoted(text: string): string {
  return `"${printable(text, MAX_SHOWN_CHARACTERS)}"`
}

/** Names separated by commas, safe for a terminal, the first twelve of them. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, MAX_LISTED).map((name) => printable(name, MAX_SHOWN_CHARACTERS))
  const rest = names.length - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}
