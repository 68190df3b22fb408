import type { Dataset } from '../../packages/engine/src/index.ts'
import type { ColumnSpec, TabularData } from '../../packages/protocol/src/index.ts'
import { loadAllRows } from './load-rows.ts'

/** All that leaves a silo for federated standardisation: its rows, and of every feature the sum and the sum of squares. */
type Sums = {
  readonly count: number
  readonly sums: Float64Array
  readonly squares: Float64Array
}

/**
 * Federated standardisation: numbers are scaled by the mean and sample deviation of all silos' rows together, which the sums of each silo
 * give; a number that is always the same is only shifted.
 */
export async function standardise(
  data: TabularData,
  silos: readonly string[],
): Promise<TabularData> {
  const columns = data.columns.map(unscaled)
  const total = (await loadAllRows(silos, { ...data, columns })).map(sumsOf).reduce(added)
  let feature = 0
  return {
    ...data,
    columns: columns.map((column) => {
      const at = feature
      feature += column.type === 'category' ? (column.categories?.length ?? 0) : 1
      return column.type === 'category' ? column : { ...column, scale: scaleOf(total, at) }
    }),
  }
}

function unscaled({ scale: _, ...column }: ColumnSpec): ColumnSpec {
  return column
}

function sumsOf({ count, features }: Dataset): Sums {
  const width = features.length / count
  const sums = new Float64Array(width)
  const squares = new Float64Array(width)
  features.forEach((value, i) => {
    const feature = i % width
    sums[feature] = (sums[feature] ?? 0) + value
    squares[feature] = (squares[feature] ?? 0) + value * value
  })
  return { count, sums, squares }
}

function added(one: Sums, two: Sums): Sums {
  return {
    count: one.count + two.count,
    sums: one.sums.map((sum, i) => sum + (two.sums[i] ?? 0)),
    squares: one.squares.map((sum, i) => sum + (two.squares[i] ?? 0)),
  }
}

function scaleOf(
  { count, sums, squares }: Sums,
  feature: number,
): { readonly mean: number; readonly deviation: number } {
  const mean = (sums[feature] ?? 0) / count
  const variance = ((squares[feature] ?? 0) - count * mean ** 2) / (count - 1)
  return { mean, deviation: variance > SMALL * mean ** 2 ? Math.sqrt(variance) : 1 }
}

/** Below this part of its squared mean, a variance is rounding. */
const SMALL = 1e-12
