import { z } from 'zod'
import { integer } from '../integer-field.ts'
import {
  MAX_AGREED_CATEGORIES,
  MAX_CLASSES,
  MAX_COLUMNS,
  MAX_FEATURES,
  MAX_NAME_LENGTH,
} from '../limits.ts'
import type { ColumnSpec, DataSpec, TabularData, ValueLabel } from './data-types.ts'
import { chosen, line, list, mapOf, positive, real, word } from './fields.ts'

const MAX_UNIT = 32
const MAX_MISSING_TEXTS = 32
const MAX_ARRAY_RANK = 4
const MAX_GROUP_COLUMNS = 4
const MAX_STEPS = 100_000
const MAX_STEP_SECONDS = 31_536_000
const MAX_TOKENS = 65_536
const MAX_BUCKETS = 1_000_000
const LARGEST = Number.MAX_VALUE

const name = line(1, MAX_NAME_LENGTH)
const unit = line(1, MAX_UNIT).exactOptional()
const number = real(-LARGEST, LARGEST)
const classes = list(name, 2, MAX_CLASSES)
const scale = mapOf({ mean: number, deviation: positive(LARGEST) }).exactOptional()
const group = list(name, 1, MAX_GROUP_COLUMNS).exactOptional()
const silo = name.exactOptional()

const column: z.ZodType<ColumnSpec> = mapOf({
  name,
  type: word(['number', 'integer', 'category']),
  unit,
  categories: list(name, 0, MAX_CLASSES).exactOptional(),
  maxCategories: integer(1, MAX_AGREED_CATEGORIES).exactOptional(),
  missing: list(line(0, MAX_NAME_LENGTH), 0, MAX_MISSING_TEXTS).exactOptional(),
  min: number.exactOptional(),
  max: number.exactOptional(),
  impute: number.exactOptional(),
  scale,
})
const columns = list(column, 1, MAX_COLUMNS)

const classLabel = mapOf({ column: name, classes })
const survivalLabel = mapOf({ time: name, event: name })
const valueLabel: z.ZodType<ValueLabel> = mapOf({
  column: name,
  unit,
  min: number.exactOptional(),
  max: number.exactOptional(),
  scale,
})

/** By the keys that are there; which of the three a task needs is checked by taskRules. */
const label = chosen<NonNullable<TabularData['label']>>((value) => {
  if ('classes' in value) return classLabel
  return 'time' in value || 'event' in value ? survivalLabel : valueLabel
})

const table = mapOf({
  kind: z.literal('table'),
  columns,
  label: label.exactOptional(),
  group,
  silo,
  missingRows: word(['drop', 'refuse', 'impute']),
})

const array = mapOf({
  kind: z.literal('array'),
  shape: list(integer(1, MAX_FEATURES), 1, MAX_ARRAY_RANK),
  classes: classes.exactOptional(),
})

const series = mapOf({
  kind: z.literal('series'),
  columns,
  label: valueLabel,
  time: name,
  group,
  silo,
  stepSeconds: integer(1, MAX_STEP_SECONDS),
  past: integer(1, MAX_STEPS),
  horizon: integer(1, MAX_STEPS),
  changeScale: positive(1).exactOptional(),
})

const text = mapOf({
  kind: z.literal('text'),
  column: name,
  label: classLabel,
  silo,
  tokens: integer(1, MAX_TOKENS),
  buckets: integer(2, MAX_BUCKETS),
})

/** Schema of the `data` section. */
export const dataSchema: z.ZodType<DataSpec> = z.discriminatedUnion(
  'kind',
  [table, array, series, text],
  { error: 'one of "table", "array", "series", "text"' },
)
