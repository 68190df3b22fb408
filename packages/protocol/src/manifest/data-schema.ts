import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_CLASSES, MAX_COLUMNS, MAX_FEATURES } from '../limits.ts'
import { line, list, mapOf, positive, real, word } from './fields.ts'
import type { ArrayData, ColumnSpec, TabularData } from './types.ts'

const MAX_NAME = 128
const MAX_UNIT = 32
const MAX_MISSING_TEXTS = 32
const MAX_ARRAY_RANK = 4
const LARGEST = Number.MAX_VALUE

const classes = list(line(1, MAX_NAME), 2, MAX_CLASSES)

const column: z.ZodType<ColumnSpec> = mapOf({
  name: line(1, MAX_NAME),
  type: word(['number', 'integer', 'category']),
  unit: line(1, MAX_UNIT).exactOptional(),
  categories: classes.exactOptional(),
  missing: list(line(0, MAX_NAME), 0, MAX_MISSING_TEXTS).exactOptional(),
  min: real(-LARGEST, LARGEST).exactOptional(),
  max: real(-LARGEST, LARGEST).exactOptional(),
  scale: mapOf({ mean: real(-LARGEST, LARGEST), deviation: positive(LARGEST) }).exactOptional(),
})

const table = mapOf({
  kind: z.literal('table'),
  columns: list(column, 1, MAX_COLUMNS),
  label: mapOf({ column: line(1, MAX_NAME), classes }),
  missingRows: word(['drop', 'refuse']),
})

const array = mapOf({
  kind: z.literal('array'),
  shape: list(integer(1, MAX_FEATURES), 1, MAX_ARRAY_RANK),
  classes,
})

/** Schema of the `data` section. */
export const dataSchema: z.ZodType<TabularData | ArrayData> = z.discriminatedUnion(
  'kind',
  [table, array],
  { error: 'one of "table", "array"' },
)
