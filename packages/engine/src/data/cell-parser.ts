import type { ColumnSpec } from '@fednode/protocol'
import { type DataErrorCode, listed, quoted } from './data-error.ts'
import type { Fault, FaultRule } from './fault.ts'
import { parseDecimal } from './parse-decimal.ts'

/** What a cell says: a number (for a category its position), that it is missing, or what is wrong with it. */
export type Cell =
  | { readonly kind: 'value'; readonly value: number }
  | { readonly kind: 'missing' }
  | { readonly kind: 'bad'; readonly fault: Fault }

/** Reads cells of one column. */
export type CellParser = (text: string) => Cell

/** What a number must be. */
export type NumberRules = Pick<ColumnSpec, 'name' | 'unit' | 'missing' | 'min' | 'max'> & {
  readonly type: 'number' | 'integer'
}

/** How faults of a column are named, and by which code. */
type Place = { readonly name: string; readonly where: string; readonly code: DataErrorCode }

const MISSING: Cell = { kind: 'missing' }

/** A parser by a column's rules. */
export function cellParser(column: ColumnSpec): CellParser {
  const place = columnPlace(column.name)
  const { type, categories = [], maxCategories, missing, rare } = column
  if (type !== 'category') return numberParser({ ...column, type }, place)
  const rules = { place, rule: 'unknown-category', missing } as const
  return wordParser(
    categories,
    maxCategories === undefined ? rules : { ...rules, other: { value: maxCategories, rare } },
  )
}

/** Faults of a feature. */
function columnPlace(name: string): Place {
  return { name, where: `column ${quoted(name)}`, code: 'DATA_BAD_VALUE' }
}

/** Faults of a label. */
export function labelPlace(name: string): Place {
  return { name, where: `label ${quoted(name)}`, code: 'DATA_BAD_LABEL' }
}

/** A parser of a few words; their positions are the values. */
export function wordParser(
  words: readonly string[],
  {
    place,
    rule,
    missing = [],
    other,
  }: {
    readonly place: Place
    readonly rule: 'unknown-category' | 'unknown-class'
    readonly missing?: readonly string[] | undefined
    /** Position of every word that is none of them, and of those that count as none; without it there are no others. */
    readonly other?: { readonly value: number; readonly rare?: readonly string[] | undefined }
  },
): CellParser {
  const cells = new Map<string, Cell>(words.map((word, value) => [word, { kind: 'value', value }]))
  for (const word of other?.rare ?? []) cells.delete(word)
  for (const text of missing) cells.set(text, MISSING)
  const empty = emptyCell(place)
  const isClass = rule === 'unknown-class'
  if (other !== undefined) {
    const isOther: Cell = { kind: 'value', value: other.value }
    return (text) => cells.get(text) ?? (text === '' ? empty : isOther)
  }
  const remedy = isClass
    ? () => 'Write the labels as the manifest names its classes, or remove the row.'
    : declareMissing
  const unknown = bad(place, {
    rule,
    rough: `not one of: ${listed(words)}`,
    problem: (text) => `${quoted(text)} is not one of: ${listed(words)}`,
    hint: remedy,
  })
  return (text) => cells.get(text) ?? (text === '' && !isClass ? empty : unknown)
}

/** A parser of numbers within a range. */
export function numberParser(rules: NumberRules, place: Place): CellParser {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = rules
  const missing = new Set(rules.missing)
  const isInteger = rules.type === 'integer'
  const faults = numberFaults(rules, place)
  return (text) => {
    if (missing.has(text)) return MISSING
    if (text === '') return faults.empty
    const value = parseDecimal(text)
    if (value === undefined) return faults.unread
    if (!Number.isFinite(Math.fround(value))) return faults.huge
    if (isInteger && !Number.isInteger(value)) return faults.broken
    if (value < min) return faults.low
    if (value > max) return faults.high
    return { kind: 'value', value }
  }
}

function numberFaults({ type, unit: name, min, max }: NumberRules, place: Place) {
  const unit = name === undefined ? '' : ` (${name})`
  const kind = type === 'integer' ? 'an integer' : 'a number'
  const of = (rule: FaultRule, [what, hint]: readonly [string, (text: string) => string]): Cell =>
    bad(place, { rule, rough: what, problem: (text) => `${quoted(text)} is ${what}`, hint })
  const outside = (): string =>
    "Correct the row, or ask for a wider range  in the manifest's schema, or clean the file."
  return {
    empty: emptyCell(place),
    unread: of('not-a-number', [`not ${kind}${unit}`, declareMissing]),
    broken: of('not-an-integer', [`not ${kind}${unit}`, declareMissing]),
    huge: of('too-large', [`too large for a 32-bit number${unit}`, declareMissing]),
    low: of('below-minimum', [`below the minimum of ${min}${unit}`, outside]),
    high: of('above-maximum', [`above the maximum of ${max}${unit}`, outside]),
  }
}

function emptyCell(place: Place): Cell {
  return bad(place, {
    rule: 'empty',
    rough: 'empty',
    problem: () => 'the cell is empty',
    hint: () =>
      `Declare empty cells as missing with  missing: [""]  in the manifest's schema, or clean the file.`,
  })
}

function bad(
  { name, where, code }: Place,
  fault: Pick<Fault, 'rule' | 'rough' | 'problem' | 'hint'>,
): Cell {
  return { kind: 'bad', fault: { ...fault, column: name, where, code } }
}

function declareMissing(text: string): string {
  return `Declare it as missing with  missing: [${quoted(text)}]  in the manifest's schema, or clean the file.`
}
