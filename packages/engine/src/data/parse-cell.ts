import type { ColumnSpec } from '@fednode/protocol'
import { listed, quoted } from './data-error.ts'

/** What a cell says: a number (for a category its position), that it is missing, or what is wrong with it. */
export type Cell =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly problem: string; readonly hint: string }

const MISSING: Cell = { kind: 'missing' }
const NUMBER_CHARACTERS = /^[0-9+\-.eE]+$/
const MAX_NUMBER_CHARACTERS = 64

/** A decimal number with a point, or undefined: no NaN, no Infinity, no hexadecimal, no thousands separators. */
export function parseDecimal(text: string): number | undefined {
  if (text.length > MAX_NUMBER_CHARACTERS || !NUMBER_CHARACTERS.test(text)) return undefined
  const value = Number(text)
  return Number.isNaN(value) ? undefined : value
}

/** Reads one cell by its column's rules. */
export function parseCell(column: ColumnSpec, text: string): Cell {
  if (column.missing?.includes(text)) return MISSING
  if (text === '')
    return bad('the cell is empty', 'Declare empty cells as missing with  missing: [""]')
  return column.type === 'category' ? parseCategory(column, text) : parseNumber(column, text)
}

function parseCategory({ categories = [] }: ColumnSpec, text: string): Cell {
  const value = categories.indexOf(text)
  if (value >= 0) return { kind: 'value', value }
  return bad(`${quoted(text)} is not one of: ${listed(categories)}`, declareMissing(text))
}

function parseNumber(column: ColumnSpec, text: string): Cell {
  const unit = column.unit === undefined ? '' : ` (${column.unit})`
  const kind = column.type === 'integer' ? 'an integer' : 'a number'
  const value = parseDecimal(text)
  if (value === undefined) return bad(`${quoted(text)} is not ${kind}${unit}`, declareMissing(text))
  if (!Number.isFinite(Math.fround(value)))
    return bad(`${quoted(text)} is too large for a 32-bit number${unit}`, declareMissing(text))
  if (column.type === 'integer' && !Number.isInteger(value))
    return bad(`${quoted(text)} is not ${kind}${unit}`, declareMissing(text))
  const { min, max } = column
  const correct = 'Correct the row, or ask for a wider range'
  if (min !== undefined && value < min)
    return bad(`${quoted(text)} is below the minimum of ${min}${unit}`, correct)
  if (max !== undefined && value > max)
    return bad(`${quoted(text)} is above the maximum of ${max}${unit}`, correct)
  return { kind: 'value', value }
}

function declareMissing(text: string): string {
  return `Declare it as missing with  missing: [${quoted(text)}]`
}

function bad(problem: string, what: string): Cell {
  return { kind: 'bad', problem, hint: `${what}  in the manifest's schema, or clean the file.` }
}
