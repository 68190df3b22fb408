import type { ColumnSpec, DataSpec, ValueLabel } from '../manifest/data-types.ts'
import type { Manifest } from '../manifest/types.ts'
import type { Preprocessing, Scale } from './preprocessing.ts'

/**
 * The schema by which everybody reads rows: the manifest's, with what the statistics step found out. A column of which no silo could tell
 * stays as it is.
 */
export function fillData(
  { data, preprocessing: spec }: Pick<Manifest, 'data' | 'preprocessing'>,
  found: Pick<Preprocessing, 'columns' | 'label' | 'categories'>,
): DataSpec {
  if (spec === undefined || (data.kind !== 'table' && data.kind !== 'series')) return data
  const scales = new Map(found.columns.map(({ name, ...scale }) => [name, scale]))
  const agreed = new Map(found.categories?.map(({ name, values }) => [name, values]))
  const columns = data.columns.map((column) => {
    const categories = agreed.get(column.name)
    return categories === undefined
      ? fillColumn(column, scales.get(column.name), spec)
      : { ...column, categories }
  })
  if (data.kind === 'series') return { ...data, columns, label: fillLabel(data.label, found.label) }
  const { label } = data
  const isValue = label !== undefined && !('classes' in label || 'time' in label)
  return { ...data, columns, ...(isValue ? { label: fillLabel(label, found.label) } : {}) }
}

function fillColumn(
  column: ColumnSpec,
  scale: Scale | undefined,
  { standardise, impute }: NonNullable<Manifest['preprocessing']>,
): ColumnSpec {
  if (scale === undefined) return column
  return {
    ...column,
    ...(impute && column.impute === undefined ? { impute: scale.mean } : {}),
    ...(standardise ? { scale } : {}),
  }
}

function fillLabel(label: ValueLabel, scale: Scale | undefined): ValueLabel {
  return scale === undefined ? label : { ...label, scale }
}
