import { isForbiddenKey } from '@fednode/protocol'
import { dataError, quoted } from './data-error.ts'

/** First line of a CSV file: which character separates cells, and the names of the columns. */
export type TableHeader = { readonly delimiter: string; readonly columns: readonly string[] }

/** Columns of one file; a manifest names fewer. */
const MAX_COLUMNS = 10_000
/** In order of preference when a header has as many of one as of another. */
const DELIMITERS = [',', ';', '\t', '|']
const QUOTE = '"'

/**
 * Parses the header line of a CSV file. The delimiter is the candidate that occurs most outside quotes.
 * @throws {UserError} DATA_BAD_HEADER, DATA_NOT_UTF8.
 */
export function parseTableHeader(line: string, file: string): TableHeader {
  // UTF-16 text passes as UTF-8 with a NUL after every letter.
  if (line.includes('\0'))
    throw dataError('DATA_NOT_UTF8', `${file}: the header is not UTF-8 text`, {
      hint: 'Save the file as "CSV UTF-8".',
    })
  const counts = DELIMITERS.map((delimiter) => splitCells(line, delimiter).length)
  const delimiter = DELIMITERS[counts.indexOf(Math.max(...counts))] ?? ','
  return { delimiter, columns: checkColumnNames(splitCells(line, delimiter), file) }
}

/**
 * Column names without surrounding spaces.
 * @throws {UserError} DATA_BAD_HEADER when a name is empty, repeated or could reach a prototype (T17), or there are too many.
 */
export function checkColumnNames(cells: readonly string[], file: string): readonly string[] {
  const names = cells.map((cell) => cell.trim())
  if (names.length > MAX_COLUMNS)
    throw badHeader(`${file}: ${names.length} columns, at most ${MAX_COLUMNS} are read`)
  const seen = new Set<string>()
  names.forEach((name, i) => {
    if (name === '') throw badHeader(`${file}: column ${i + 1} has no name`)
    if (isForbiddenKey(name)) throw badHeader(`${file}: a column may not be called ${quoted(name)}`)
    if (seen.has(name)) throw badHeader(`${file}: two columns are called ${quoted(name)}`)
    seen.add(name)
  })
  return names
}

/** A cell without the quotes around it, as spreadsheets write them in files of tabs. */
export function unquoted(cell: string): string {
  const isQuoted = cell.length > 1 && cell.startsWith(QUOTE) && cell.endsWith(QUOTE)
  return isQuoted ? cell.slice(1, -1).replaceAll(QUOTE + QUOTE, QUOTE) : cell
}

function splitCells(line: string, delimiter: string): string[] {
  const cells: string[] = []
  let cell = ''
  let isQuoted = false
  for (let i = 0; i < line.length; i++) {
    const character = line.charAt(i)
    if (character === QUOTE) {
      const isEscaped = isQuoted && line.charAt(i + 1) === QUOTE
      if (isEscaped) cell += line.charAt(++i)
      else isQuoted = !isQuoted
    } else if (character === delimiter && !isQuoted) {
      cells.push(cell)
      cell = ''
    } else cell += character
  }
  return [...cells, cell]
}

function badHeader(message: string) {
  return dataError('DATA_BAD_HEADER', message, {
    hint: 'The first line names the columns, each name once.',
  })
}
