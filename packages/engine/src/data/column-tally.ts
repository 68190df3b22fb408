import type { ColumnSpec } from '@fednode/protocol'
import type { ColumnReport } from './report.ts'

/** What a column holds that is none of its categories; in brackets, because a category may be called other. */
const OTHERS = '(other)'

/** Counts what one column holds while its cells pass. */
export type ColumnTally = {
  addValue(value: number): void
  addMissing(): void
  report(): ColumnReport
}

/** A tally for a column of the schema; sums run in f64. */
export function createColumnTally(
  column: Pick<ColumnSpec, 'name' | 'type' | 'unit' | 'categories' | 'maxCategories'>,
): ColumnTally {
  const { name, type, unit, maxCategories } = column
  const categories = (column.categories ?? []).map((category) => ({ name: category, count: 0 }))
  const others = { name: OTHERS, count: 0 }
  const numbers = { count: 0, sum: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY }
  let missing = 0
  return {
    addValue(value) {
      if (type === 'category') {
        const category = value === maxCategories ? others : categories[value]
        if (category !== undefined) category.count++
        return
      }
      numbers.count++
      numbers.sum += value
      numbers.min = Math.min(numbers.min, value)
      numbers.max = Math.max(numbers.max, value)
    },
    addMissing() {
      missing++
    },
    report() {
      const head = { name, type, ...(unit === undefined ? {} : { unit }), missing }
      if (type === 'category') {
        return {
          ...head,
          categories: maxCategories === undefined ? categories : [...categories, others],
        }
      }
      const { count, sum, min, max } = numbers
      return count === 0 ? head : { ...head, min, max, mean: sum / count }
    },
  }
}
