import { printable, UserError } from '@fednode/protocol'
import { dataError } from './data-error.ts'

const LINE = /CSV Error on Line: (\d{1,15})/
const CELLS = /Expected Number of Columns: (\d{1,9}) Found: (\d{1,9})/
const MAX_REASON = 160

/** DuckDB's complaint about a file, in one line with the file's line number; its text may quote the file. */
export function explainTableError(cause: unknown, file: string): UserError {
  if (cause instanceof UserError) return cause
  const text = cause instanceof Error ? cause.message : String(cause)
  const line = LINE.exec(text)?.[1]
  const where = line === undefined ? file : `${file}: line ${line}`
  const cells = CELLS.exec(text)
  if (cells !== null)
    return dataError('DATA_BAD_ROW', `${where} has ${cells[2]} cells, the header has ${cells[1]}`, {
      hint: 'Every line needs as many cells as the header; put cells that contain the separator in double quotes.',
      cause,
    })
  if (text.includes('not utf-8'))
    return dataError('DATA_NOT_UTF8', `${where} is not UTF-8 text`, {
      hint: 'Save the file as "CSV UTF-8".',
      cause,
    })
  if (text.includes('unterminated quote'))
    return dataError('DATA_BAD_ROW', `${where}: a quoted cell does not end`, {
      hint: 'Double the quotes inside a quoted cell: "say ""aah""".',
      cause,
    })
  const reason = printable(text.split('\n', 1)[0] ?? '', MAX_REASON)
  return dataError('DATA_BAD_ROW', `${where} is not a readable table (${reason})`, {
    hint: 'CSV needs one header line, one row a line and one kind of line end.',
    cause,
  })
}
