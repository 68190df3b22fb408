import type { ClassCounts } from './recall-per-class.ts'

/** Share of all rows whose most probable class is the label, 0 to 1; at least one row. */
export function accuracy({ rows, hits }: Pick<ClassCounts, 'rows' | 'hits'>): number {
  return sum(hits) / sum(rows)
}

/** Mean recall over the classes that have rows (Brodersen et al. 2010, doi:10.1109/ICPR.2010.764), 0 to 1. */
export function balancedAccuracy({ rows, hits }: Pick<ClassCounts, 'rows' | 'hits'>): number {
  let recalls = 0
  let present = 0
  rows.forEach((count, label) => {
    if (count === 0) return
    recalls += (hits[label] as number) / count
    present++
  })
  return recalls / present
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}
