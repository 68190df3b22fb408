import type { ColumnSpec } from '../manifest/data-types.ts'
import type { Manifest } from '../manifest/types.ts'

/** Least number of values behind a statistic, where the manifest says nothing. */
const DEFAULT_FLOOR = 10

/** Of what a manifest asks silos for statistics, in the order of its columns. */
export type AskedStatistics = {
  readonly columns: readonly string[]
  /** Whether also of the label. */
  readonly label: boolean
  /** A statistic over fewer values does not leave a silo (T38). */
  readonly floor: number
}

/** What the statistics step asks for; nothing where the manifest has no preprocessing. */
export function askedStatistics({
  data,
  preprocessing,
}: Pick<Manifest, 'data' | 'preprocessing'>): AskedStatistics {
  const isTable = data.kind === 'table' || data.kind === 'series'
  if (preprocessing === undefined || !isTable) return { columns: [], label: false, floor: 0 }
  const { standardise, impute, minimumRows = DEFAULT_FLOOR } = preprocessing
  const isImputed = impute && data.kind === 'table' && data.missingRows === 'impute'
  const asks = (column: ColumnSpec): boolean =>
    column.type !== 'category' &&
    column.scale === undefined &&
    (standardise || (isImputed && column.impute === undefined))
  return {
    columns: data.columns.filter(asks).map(({ name }) => name),
    label: standardise && isUnscaled(data.label),
    floor: minimumRows,
  }
}

function isUnscaled(label: object | undefined): boolean {
  return label !== undefined && !('classes' in label || 'time' in label || 'scale' in label)
}
