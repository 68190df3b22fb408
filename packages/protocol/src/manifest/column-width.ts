import type { ColumnSpec } from './data-types.ts'

/** Numbers that a column of a table becomes: one, or one per category and one more for what is none of them where there may be others. */
export function columnWidth(column: ColumnSpec): number {
  if (column.type !== 'category') return 1
  const { categories = [], maxCategories } = column
  return maxCategories === undefined ? categories.length : maxCategories + 1
}
