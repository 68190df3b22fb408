import type { DataSpec } from '../manifest/data-types.ts'
import type { AskedCategories } from './asked-columns.ts'
import type { CategoryCounts } from './category-counts.ts'

/**
 * A filled schema for the rows of one silo: of the agreed categories, those that fewer than the floor of its rows have count as "other".
 * A weight of their own would tell whoever reads the update that such a row is here, also where the aggregator made the category up (T38).
 * @param counts - all values of the silo's own rows.
 */
export function hideRare(
  filled: DataSpec,
  counts: readonly CategoryCounts[],
  asked: readonly AskedCategories[],
): DataSpec {
  if (filled.kind !== 'table') return filled
  const columns = filled.columns.map((column) => {
    const floor = asked.find(({ name }) => name === column.name)?.floor
    if (floor === undefined) return column
    const { values = [] } = counts.find(({ name }) => name === column.name) ?? {}
    const frequent = new Set(values.flatMap(({ value, count }) => (count < floor ? [] : [value])))
    return { ...column, rare: (column.categories ?? []).filter((value) => !frequent.has(value)) }
  })
  return { ...filled, columns }
}
