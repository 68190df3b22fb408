import type { ColumnSpec } from '@fednode/protocol'
import { parseDecimal } from './parse-decimal.ts'

/** Collects what is needed to guess a column's rules. */
export type ColumnObserver = {
  add(text: string): void
  /** The guess; undefined for free text. */
  column(name: string): ColumnSpec | undefined
  /** Different texts that do not mean "missing", numbers by value, others by code unit; undefined when more than `max`. */
  texts(max: number): readonly string[] | undefined
}

/** Texts that people and programs write for "no value". */
const MISSING_TEXTS = ['', '?', 'NA', 'N/A', 'n/a', 'na', 'NaN', 'nan', 'NULL', 'null', 'None', '-']
const MAX_CATEGORIES = 50
/** Different texts remembered; more make neither a category nor a label. */
const MAX_TEXTS = 1_000
const SCALE_DIGITS = 6
const RANGE_DIGITS = 2

type Numbers = { count: number; mean: number; squares: number; min: number; max: number }

/**
 * An observer without cells.
 * @param missing - collects the texts found that mean "missing"; columns share it, because a file has one habit and other silos' files
 * may have their gaps in other columns.
 */
export function createColumnObserver(missing: Set<string>): ColumnObserver {
  const texts = new Set<string>()
  const numbers: Numbers = { count: 0, mean: 0, squares: 0, min: Infinity, max: -Infinity }
  let isNumeric = true
  let isInteger = true
  return {
    add(text) {
      if (MISSING_TEXTS.includes(text)) {
        missing.add(text)
        return
      }
      if (texts.size <= MAX_TEXTS) texts.add(text)
      const value = isNumeric ? parseDecimal(text) : undefined
      if (value === undefined) isNumeric = false
      else addNumber(numbers, value)
      isInteger &&= value !== undefined && Number.isSafeInteger(value)
    },
    column(name) {
      const rules = missing.size === 0 ? {} : { missing: [...missing].sort() }
      if (texts.size === 0) return undefined
      if (isNumeric)
        return { name, type: isInteger ? 'integer' : 'number', ...rules, ...numberRules(numbers) }
      if (texts.size > MAX_CATEGORIES || texts.size < 2) return undefined
      return { name, type: 'category', categories: sortTexts(texts), ...rules }
    },
    texts: (max) => (texts.size > max ? undefined : sortTexts(texts)),
  }
}

/** Welford 1962. */
function addNumber(numbers: Numbers, value: number): void {
  numbers.count++
  const delta = value - numbers.mean
  numbers.mean += delta / numbers.count
  numbers.squares += delta * (value - numbers.mean)
  numbers.min = Math.min(numbers.min, value)
  numbers.max = Math.max(numbers.max, value)
}

function numberRules({ count, mean, squares, min, max }: Numbers) {
  const width = max - min
  // A constant column has neither a range nor a deviation to divide by.
  if (!(width > 0)) return {}
  const floor = min > 0 ? 0 : roundOutward(min - width, Math.floor)
  const range = { min: floor, max: roundOutward(max + width, Math.ceil) }
  const deviation = toDigits(Math.sqrt(squares / count))
  return { ...range, scale: { mean: toDigits(mean), deviation } }
}

function toDigits(value: number): number {
  return Number(value.toPrecision(SCALE_DIGITS))
}

function roundOutward(value: number, round: (value: number) => number): number {
  if (value === 0) return 0
  const exponent = Math.floor(Math.log10(Math.abs(value))) - RANGE_DIGITS + 1
  // Through text, because 10 ** -1 * 3 is not 0.3.
  return Number(`${round(value / 10 ** exponent)}e${exponent}`)
}

function sortTexts(texts: ReadonlySet<string>): readonly string[] {
  const all = [...texts]
  if (all.some((text) => parseDecimal(text) === undefined)) return all.sort()
  return all.sort((a, b) => Number(a) - Number(b))
}
