import { z } from 'zod'
import { encodeCanonical } from '../codec/canonical.ts'
import type { Cid } from '../ids.ts'
import { MAX_COLUMNS } from '../limits.ts'
import type { Manifest } from '../manifest/types.ts'
import { cidField } from '../messages/fields.ts'
import { type AskedCategories, askedStatistics } from './asked-columns.ts'
import { categoryTexts } from './category-counts.ts'
import { checkCategories } from './check-categories.ts'
import { decodeBlob } from './decode-blob.ts'
import { malformedPreprocessing } from './errors.ts'
import { mergeCounts } from './merge-counts.ts'
import { type Moments, poolMoments } from './moments.ts'
import { realText } from './real-text.ts'
import type { SiloStatistics } from './silo-statistics.ts'

const VERSION = 1

/** What a column is scaled by: x becomes (x - mean) / deviation. */
export type Scale = { readonly mean: number; readonly deviation: number }

/** What came of the statistics step: the same for everybody, by which all read their rows. No counts: they would tell one of two silos what the other has. */
export type Preprocessing = {
  readonly manifest: Cid
  /** Columns of which some silo could tell, in the manifest's order. */
  readonly columns: readonly (Scale & { readonly name: string })[]
  readonly label?: Scale
  /** Exactly where the manifest asks for categories, of every column that it asks for; ascending. */
  readonly categories?: readonly AgreedCategories[]
}

/** Categories of one column that the silos agree on. */
type AgreedCategories = { readonly name: string; readonly values: readonly string[] }

const scaleFields = { mean: realText, deviation: realText }
const schema = z.strictObject({
  version: z.literal(VERSION),
  manifest: cidField,
  columns: z.array(z.strictObject({ name: z.string(), ...scaleFields })).max(MAX_COLUMNS),
  label: z.strictObject(scaleFields).exactOptional(),
  categories: z
    .array(z.strictObject({ name: z.string(), values: categoryTexts }))
    .max(MAX_COLUMNS)
    .exactOptional(),
})

/**
 * Pools the statistics of all silos that sent some.
 * @param statistics - in ascending order of silo names: the sums are then the same bits for everybody.
 */
export function poolStatistics(
  {
    manifest,
    manifestCid,
  }: {
    readonly manifest: Pick<Manifest, 'data' | 'preprocessing'>
    readonly manifestCid: Cid
  },
  statistics: readonly SiloStatistics[],
): Preprocessing {
  const asked = askedStatistics(manifest)
  const columns = asked.columns.flatMap((name) => {
    const parts = statistics.flatMap((one) => one.columns.filter((column) => column.name === name))
    return parts.length === 0 ? [] : [{ name, ...scaleOf(parts) }]
  })
  const labels = statistics.flatMap(({ label }) => (label === undefined ? [] : [label]))
  return {
    manifest: manifestCid,
    columns,
    ...(labels.length === 0 ? {} : { label: scaleOf(labels) }),
    ...(asked.categories.length === 0 ? {} : { categories: agree(asked.categories, statistics) }),
  }
}

function agree(
  asked: readonly AskedCategories[],
  statistics: readonly SiloStatistics[],
): readonly AgreedCategories[] {
  return asked.map((column) => {
    const counts = statistics.flatMap(({ categories = [] }) =>
      categories.filter(({ name }) => name === column.name),
    )
    return { name: column.name, values: mergeCounts(counts, column) }
  })
}

/** Canonical bytes: RoundOpen names their CID. */
export function encodePreprocessing({
  manifest,
  columns,
  label,
  categories,
}: Preprocessing): Uint8Array {
  return encodeCanonical({
    version: VERSION,
    manifest,
    columns: columns.map(({ name, ...scale }) => ({ name, ...texts(scale) })),
    ...(label === undefined ? {} : { label: texts(label) }),
    ...(categories === undefined ? {} : { categories }),
  })
}

/** Reads what an aggregator pooled. @throws {PreprocessingError} PREPROCESSING_MALFORMED. */
export function parsePreprocessing(
  bytes: Uint8Array,
  of: { readonly manifest: Manifest; readonly manifestCid: Cid },
): Preprocessing {
  const { version: _, ...preprocessing } = decodeBlob(bytes, schema)
  if (preprocessing.manifest !== of.manifestCid) throw malformedPreprocessing('another manifest')
  const asked = askedStatistics(of.manifest)
  const names = preprocessing.columns.map(({ name }) => name)
  const isAsked = names.every(
    (name, i) => asked.columns.includes(name) && names.indexOf(name) === i,
  )
  if (!isAsked) throw malformedPreprocessing('other columns than the manifest asks for')
  const scales = [...preprocessing.columns, ...(preprocessing.label ? [preprocessing.label] : [])]
  if (scales.some(({ deviation }) => deviation <= 0)) {
    throw malformedPreprocessing('a deviation that is not above 0')
  }
  checkCategories(preprocessing.categories ?? [], asked.categories)
  return preprocessing
}

/** A column of one value only is moved to 0 and not stretched. */
function scaleOf(parts: readonly Moments[]): Scale {
  const { count, mean, squares } = poolMoments(parts)
  const deviation = Math.sqrt(squares / count)
  return { mean, deviation: deviation > 0 && Number.isFinite(1 / deviation) ? deviation : 1 }
}

function texts({ mean, deviation }: Scale) {
  return { mean: String(mean), deviation: String(deviation) }
}
