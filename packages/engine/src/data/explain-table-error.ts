import { printable, UserError } from '@fednode/protocol'
import { dataError } from './data-error.ts'
import type { DataFile, DataFormat } from './data-file.ts'

const LINE = /CSV Error on Line: (\d{1,15})/
const CELLS = /Expected Number of Columns: (\d{1,9}) Found: (\d{1,9})/
const MAX_REASON = 160

const HINTS: Readonly<Partial<Record<DataFormat, string>>> = {
  json: 'JSON needs one list of objects, or one object a line, with the columns as keys.',
  parquet: 'Check that the file is complete.',
}
const CSV_HINT = 'CSV needs one header line, one row a line and one kind of line end.'

/** DuckDB's complaint about a file, in one line with the file's line number; its text may quote the file. */
export function explainTableError(
  cause: unknown,
  { name: file, format }: Pick<DataFile, 'name' | 'format'>,
): UserError {
  if (cause instanceof UserError) return cause
  const text = cause instanceof Error ? cause.message : String(cause)
  if (format === 'query') return explainQuery(text, cause)
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
    hint: HINTS[format] ?? CSV_HINT,
    cause,
  })
}

function explainQuery(text: string, cause: unknown): UserError {
  const reason = printable(text.split('\n', 1)[0] ?? '', MAX_REASON)
  return dataError('DATA_BAD_QUERY', `the query cannot be run: ${reason}`, {
    hint: 'A query reads the files whose paths it names in quotes, and nothing from the network.',
    cause,
  })
}
