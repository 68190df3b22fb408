import { DISCLOSURE_FLOOR } from '../limits.ts'
import type { ColumnSpec, DataSpec } from '../manifest/data-types.ts'
import type { Manifest } from '../manifest/types.ts'

/** A value that one silo alone has would be told to all others. */
const DEFAULT_SILOS = 2

/** One column whose categories the silos agree on. */
export type AskedCategories = {
  readonly name: string
  /** Categories that there is room for. */
  readonly max: number
  /** A value that fewer rows of a silo have does not leave it (T38). */
  readonly floor: number
  /** A value that fewer silos sent is no category. */
  readonly silos: number
}

/** Of what a manifest asks silos for statistics, in the order of its columns. */
export type AskedStatistics = {
  /** Columns whose moments are asked for. */
  readonly columns: readonly string[]
  /** Whether also those of the label. */
  readonly label: boolean
  /** A statistic over fewer values does not leave a silo (T38). */
  readonly floor: number
  /** Columns whose categories the silos agree on. */
  readonly categories: readonly AskedCategories[]
}

/** What the statistics step asks for; nothing where the manifest has no preprocessing. */
export function askedStatistics(
  manifest: Pick<Manifest, 'data' | 'preprocessing'>,
): AskedStatistics {
  const { data, preprocessing } = manifest
  const isTable = data.kind === 'table' || data.kind === 'series'
  if (preprocessing === undefined || !isTable) {
    return { columns: [], label: false, floor: 0, categories: [] }
  }
  const { standardise, impute, minimumRows = DISCLOSURE_FLOOR } = preprocessing
  const isImputed = impute && data.kind === 'table' && data.missingRows === 'impute'
  const asks = (column: ColumnSpec): boolean =>
    column.type !== 'category' &&
    column.scale === undefined &&
    (standardise || (isImputed && column.impute === undefined))
  return {
    columns: data.columns.filter(asks).map(({ name }) => name),
    label: standardise && isUnscaled(data.label),
    floor: minimumRows,
    categories: askedCategories(data, preprocessing),
  }
}

function isUnscaled(label: object | undefined): boolean {
  return label !== undefined && !('classes' in label || 'time' in label || 'scale' in label)
}

function askedCategories(
  data: DataSpec,
  { categories: terms = {} }: NonNullable<Manifest['preprocessing']>,
): readonly AskedCategories[] {
  if (data.kind !== 'table') return []
  const { minimumRows: floor = DISCLOSURE_FLOOR, minimumSilos: silos = DEFAULT_SILOS } = terms
  return data.columns.flatMap(({ name, maxCategories: max, categories }) =>
    max === undefined || categories !== undefined ? [] : [{ name, max, floor, silos }],
  )
}
