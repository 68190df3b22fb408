import type { ColumnSpec, DataSpec } from '@fednode/protocol'
import { markdownTable, markdownText } from './markdown.ts'

/** Categories that a card lists; of more it tells the number. */
const MAX_LISTED = 12

const MISSING = {
  drop: 'a row with a missing value is left out',
  refuse: 'no value may be missing',
  impute: 'a missing number takes its stand-in or the mean, a missing category none of its values',
} as const

/** The schema of the rows: columns, types, units and what may stand in them, as the manifest says; nothing of anybody's rows. */
export function describeData(data: DataSpec): readonly string[] {
  switch (data.kind) {
    case 'array':
      return [`Arrays of bytes of shape ${data.shape.join(' x ')}, divided by 255.`]
    case 'text':
      return [
        `The first ${data.tokens} words of the column ${markdownText(data.column)}, hashed into ${data.buckets} buckets.`,
      ]
    case 'series':
      return [
        `${data.past} readings, ${data.stepSeconds} s apart by the column ${markdownText(data.time)}; the answer lies ${data.horizon} steps after the last${data.changeScale === undefined ? '' : `, as a change from it in ${data.changeScale} of the deviation; so are the readings before the last`}.`,
        columnTable(data.columns),
      ]
    case 'table':
      return [`One row each; ${MISSING[data.missingRows]}.`, columnTable(data.columns)]
  }
}

function columnTable(columns: readonly ColumnSpec[]): string {
  return markdownTable(
    ['column', 'type', 'unit', 'values'],
    columns.map((column) => [column.name, column.type, column.unit ?? '', valuesText(column)]),
  )
}

function valuesText({ categories, maxCategories, min, max }: ColumnSpec): string {
  if (categories !== undefined) {
    const { length } = categories
    const listed = length > MAX_LISTED ? `${length} categories` : categories.join(', ')
    return maxCategories === undefined ? listed : `${listed}; anything else is "other"`
  }
  if (min === undefined && max === undefined) return ''
  return `${min ?? 'any'} to ${max ?? 'any'}`
}
