import { columnWidth } from './column-width.ts'
import type { DataSpec } from './data-types.ts'

/**
 * Shape of one row as the model sees it: an array's shape, [n] for a table with one number per column and one per category,
 * [past, columns] for a series, [tokens] for a text.
 */
export function featureShapeOf(data: DataSpec): readonly number[] {
  switch (data.kind) {
    case 'array':
      return data.shape
    case 'table':
      return [data.columns.reduce((sum, column) => sum + columnWidth(column), 0)]
    case 'series':
      return [data.past, data.columns.length]
    case 'text':
      return [data.tokens]
  }
}

/** The classes of the label, in the order of the model's outputs; none where the label is no class. */
export function classesOf(data: DataSpec): readonly string[] {
  if (data.kind === 'array') return data.classes ?? []
  return data.label !== undefined && 'classes' in data.label ? data.label.classes : []
}
