import type { ColumnSpec, DataSpec, Manifest } from '@fednode/protocol'

/**
 * A manifest whose silos find means and deviations together before round 1, instead of those of the one file that its author saw: no
 * silo's numbers are in it, and none has to be like the others. What has no scale to find, and a federation of one silo, stays as it is.
 */
export function agreeOnScales<Plan extends Manifest>(manifest: Plan): Plan {
  const { data, rounds } = manifest
  if (rounds.maxSilos < 2 || (data.kind !== 'table' && data.kind !== 'series')) return manifest
  const bare = withoutScales(data)
  if (bare === undefined) return manifest
  const impute = data.kind === 'table' && data.missingRows === 'impute'
  return { ...manifest, data: bare, preprocessing: { standardise: true, impute } }
}

/** @returns undefined where there are none. */
function withoutScales(
  data: Extract<DataSpec, { readonly kind: 'table' | 'series' }>,
): DataSpec | undefined {
  const columns = data.columns.map(withoutScale)
  const isScaled = data.columns.some(({ scale }) => scale !== undefined)
  if (data.kind === 'series') {
    const { scale, ...label } = data.label
    return isScaled || scale !== undefined ? { ...data, columns, label } : undefined
  }
  if (data.label === undefined || !('scale' in data.label)) {
    return isScaled ? { ...data, columns } : undefined
  }
  const { scale: _, ...label } = data.label
  return { ...data, columns, label }
}

function withoutScale({ scale: _, ...column }: ColumnSpec): ColumnSpec {
  return column
}
