import type { ArrayData, ColumnSpec, TabularData } from './types.ts'

/** Shape of one row as the model sees it: an array's shape, or [n] with one number per column and one per category. */
export function featureShapeOf(data: TabularData | ArrayData): readonly number[] {
  if (data.kind === 'array') return data.shape
  return [data.columns.reduce((sum, column) => sum + widthOf(column), 0)]
}

/** The classes of the label, in the order of the model's outputs. */
export function classesOf(data: TabularData | ArrayData): readonly string[] {
  return data.kind === 'array' ? data.classes : data.label.classes
}

function widthOf(column: ColumnSpec): number {
  return column.type === 'category' ? (column.categories?.length ?? 0) : 1
}
