import { type ColumnSpec, createMoments, type Moments, type ValueLabel } from '@fednode/protocol'
import { MISSING_TEXTS } from './missing-texts.ts'
import { parseDecimal } from './parse-decimal.ts'
import { parseTime } from './parse-time.ts'

/** What the cells of a column are. */
export type ColumnKind = 'empty' | 'integer' | 'number' | 'time' | 'words' | 'prose'

/** Collects what is needed to guess a column's rules. */
export type ColumnObserver = {
  add(text: string): void
  kind(): ColumnKind
  /** Cells that mean "missing". */
  missing(): number
  /** Cells that have a value. */
  filled(): number
  /** Whether no value came twice, as far as was looked. */
  isUnique(): boolean
  /** Longest and shortest text of a value. */
  lengths(): { readonly min: number; readonly max: number }
  /** Least and largest number; empty where there is none. */
  extremes(): { readonly min?: number; readonly max?: number }
  /** The guess; undefined for what is neither numbers nor a few words. */
  column(name: string): ColumnSpec | undefined
  /** Range and scale of a label that is a number. */
  numbers(): Pick<ValueLabel, 'min' | 'max' | 'scale'>
  /** Different texts that do not mean "missing", numbers by value, others by code unit; undefined when more than `max`. */
  texts(max: number): readonly string[] | undefined
}

const MAX_CATEGORIES = 50
/** Different texts remembered; more make neither a category nor a label. */
const MAX_TEXTS = 1_000
/** Spaces in a text on average from which it is prose, not a name. */
const PROSE_SPACES = 3
const SCALE_DIGITS = 6
const RANGE_DIGITS = 2

type Numbers = Moments & { readonly min: number; readonly max: number }

/**
 * An observer without cells.
 * @param missing - collects the texts found that mean "missing"; columns share it, because a file has one habit and other silos' files
 * may have their gaps in other columns.
 */
export function createColumnObserver(missing: Set<string>): ColumnObserver {
  const texts = new Set<string>()
  const spread = createMoments()
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  const numbers = (): Numbers => ({ ...spread.moments(), min, max })
  const seen = { missing: 0, filled: 0, spaces: 0, shortest: Infinity, longest: 0 }
  const is = { numeric: true, integer: true, time: true, unique: true }
  const kind = (): ColumnKind => {
    if (seen.filled === 0) return 'empty'
    if (is.numeric) return is.integer ? 'integer' : 'number'
    if (is.time) return 'time'
    return seen.spaces / seen.filled >= PROSE_SPACES ? 'prose' : 'words'
  }
  return {
    add(text) {
      if (MISSING_TEXTS.has(text)) {
        missing.add(text)
        seen.missing++
        return
      }
      seen.filled++
      seen.shortest = Math.min(seen.shortest, text.length)
      seen.longest = Math.max(seen.longest, text.length)
      if (texts.size <= MAX_TEXTS) {
        if (texts.has(text)) is.unique = false
        else texts.add(text)
      }
      const value = is.numeric ? parseDecimal(text) : undefined
      if (value === undefined) is.numeric = false
      else {
        spread.add(value)
        min = Math.min(min, value)
        max = Math.max(max, value)
      }
      is.integer &&= value !== undefined && Number.isSafeInteger(value)
      if (!is.numeric) {
        is.time &&= parseTime(text) !== undefined
        seen.spaces += text.split(' ').length - 1
      }
    },
    kind,
    missing: () => seen.missing,
    filled: () => seen.filled,
    isUnique: () => is.unique,
    lengths: () => ({ min: seen.shortest, max: seen.longest }),
    extremes: () => (numbers().count === 0 ? {} : { min, max }),
    column(name) {
      const rules = missing.size === 0 ? {} : { missing: [...missing].sort() }
      const type = kind()
      if (type === 'integer' || type === 'number')
        return { name, type, ...rules, ...numberRules(numbers()) }
      if (type !== 'words' || texts.size > MAX_CATEGORIES || texts.size < 2) return undefined
      return { name, type: 'category', categories: sortTexts(texts), ...rules }
    },
    numbers: () => numberRules(numbers()),
    texts: (max) => (texts.size > max ? undefined : sortTexts(texts)),
  }
}

function numberRules({ count, mean, squares, min, max }: Numbers) {
  const width = max - min
  // A constant column has neither a range nor a deviation to divide by.
  if (!(width > 0)) return {}
  const floor = min >= 0 ? 0 : roundOutward(min - width, Math.floor)
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
