import { z } from 'zod'
import { encodeCanonical } from '../codec/canonical.ts'
import type { Cid, SiloName } from '../ids.ts'
import { integer } from '../integer-field.ts'
import { MAX_COLUMNS, MAX_SAMPLES } from '../limits.ts'
import type { Manifest } from '../manifest/types.ts'
import { cidField, siloField } from '../messages/fields.ts'
import { askedStatistics } from './asked-columns.ts'
import { type CategoryCounts, categoryCountsSchema } from './category-counts.ts'
import { checkCounts } from './check-categories.ts'
import { decodeBlob } from './decode-blob.ts'
import { malformedPreprocessing } from './errors.ts'
import type { Moments } from './moments.ts'
import { realText } from './real-text.ts'

const VERSION = 1

/** Moments of one column. */
export type ColumnMoments = Moments & { readonly name: string }

/** What leaves a silo in the statistics step: moments of columns that have enough values, and nothing of the others. */
export type SiloStatistics = {
  readonly manifest: Cid
  /** Makes the blob this silo's own. */
  readonly silo: SiloName
  /** In the manifest's order. */
  readonly columns: readonly ColumnMoments[]
  readonly label?: Moments
  /** Exactly where the manifest asks for categories, of every column that it asks for. */
  readonly categories?: readonly CategoryCounts[]
}

/** The federation and the silo that statistics must be of. */
export type StatisticsOf = {
  readonly manifest: Manifest
  readonly manifestCid: Cid
  readonly silo: SiloName
}

const momentFields = { count: integer(1, MAX_SAMPLES), mean: realText, squares: realText }
const schema = z.strictObject({
  version: z.literal(VERSION),
  manifest: cidField,
  silo: siloField,
  columns: z.array(z.strictObject({ name: z.string(), ...momentFields })).max(MAX_COLUMNS),
  label: z.strictObject(momentFields).exactOptional(),
  categories: z.array(categoryCountsSchema).max(MAX_COLUMNS).exactOptional(),
})

/** Leaves out what fewer than the manifest's floor of values are behind (T38). */
export function aboveFloor(
  { columns, label }: Pick<SiloStatistics, 'columns' | 'label'>,
  floor: number,
): Pick<SiloStatistics, 'columns' | 'label'> {
  return {
    columns: columns.filter(({ count }) => count >= floor),
    ...(label === undefined || label.count < floor ? {} : { label }),
  }
}

/** Canonical bytes of a silo's statistics. */
export function encodeSiloStatistics({
  manifest,
  silo,
  columns,
  label,
  categories,
}: SiloStatistics): Uint8Array {
  return encodeCanonical({
    version: VERSION,
    ...{ manifest, silo },
    columns: columns.map(({ name, ...moments }) => ({ name, ...texts(moments) })),
    ...(label === undefined ? {} : { label: texts(label) }),
    ...(categories === undefined ? {} : { categories }),
  })
}

/**
 * Reads what a silo sent: only of columns that the manifest asks for, above its floors, and within a column's range.
 * @throws {PreprocessingError} PREPROCESSING_MALFORMED.
 */
export function parseSiloStatistics(bytes: Uint8Array, of: StatisticsOf): SiloStatistics {
  const { version: _, ...statistics } = decodeBlob(bytes, schema)
  if (statistics.manifest !== of.manifestCid) throw malformedPreprocessing('another manifest')
  if (statistics.silo !== of.silo) throw malformedPreprocessing('of another silo')
  const asked = askedStatistics(of.manifest)
  checkAsked(statistics, asked.columns)
  if (statistics.label !== undefined && !asked.label) throw malformedPreprocessing('of the label')
  const moments = [...statistics.columns, ...(statistics.label ? [statistics.label] : [])]
  if (moments.some(({ count }) => count < asked.floor)) {
    throw malformedPreprocessing(`of fewer than ${asked.floor} values`)
  }
  if (moments.some(({ squares }) => squares < 0)) throw malformedPreprocessing('a negative square')
  checkRanges(statistics, of.manifest)
  const { maxRows = MAX_SAMPLES } = of.manifest.limits
  checkCounts(statistics.categories ?? [], asked.categories, maxRows)
  return statistics
}

function checkAsked({ columns }: SiloStatistics, asked: readonly string[]): void {
  const names = columns.map(({ name }) => name)
  const expected = asked.filter((name) => names.includes(name))
  if (names.length !== expected.length || names.some((name, i) => name !== expected[i])) {
    throw malformedPreprocessing('other columns than the manifest asks for, or in another order')
  }
}

/** A mean lies between its least and largest value: one silo cannot move what all are scaled by beyond the schema. */
function checkRanges({ columns, label }: SiloStatistics, { data }: Manifest): void {
  if (data.kind !== 'table' && data.kind !== 'series') return
  for (const { name, mean } of columns) {
    const column = data.columns.find((one) => one.name === name)
    if (column !== undefined && isOutside(mean, column)) {
      throw malformedPreprocessing('a mean outside the range of its column')
    }
  }
  if (label === undefined || data.label === undefined || 'time' in data.label) return
  if ('classes' in data.label || !isOutside(label.mean, data.label)) return
  throw malformedPreprocessing('a mean outside the range of the label')
}

function isOutside(
  mean: number,
  { min = mean, max = mean }: { readonly min?: number; readonly max?: number },
): boolean {
  // Rounding may take a mean of equal values a hair beyond them.
  const slack = Number.EPSILON * 4 * Math.max(Math.abs(min), Math.abs(max))
  return mean < min - slack || mean > max + slack
}

function texts({ count, mean, squares }: Moments) {
  return { count, mean: String(mean), squares: String(squares) }
}
