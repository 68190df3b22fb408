import type { DataSpec } from '@fednode/protocol'

/** Whether one schema of rows is the other but for what the statistics of silos fill in: scales, stand-ins and categories. */
export function isFilledFrom(filled: DataSpec, asked: DataSpec): boolean {
  return JSON.stringify(withFillingsOf(asked, filled)) === JSON.stringify(asked)
}

function withFillingsOf(asked: DataSpec, filled: DataSpec): unknown {
  if (!('columns' in asked && 'columns' in filled)) return filled
  const columns = filled.columns.map((column, index) => {
    const { scale, impute, categories } = asked.columns[index] ?? {}
    return { ...column, scale, impute, categories }
  })
  return { ...filled, columns, label: filled.label && { ...filled.label, ...scaleOf(asked.label) } }
}

function scaleOf(label: object | undefined): { readonly scale: unknown } {
  return { scale: label !== undefined && 'scale' in label ? label.scale : undefined }
}
