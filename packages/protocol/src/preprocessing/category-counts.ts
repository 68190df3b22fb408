import { z } from 'zod'
import { integer } from '../integer-field.ts'
import { MAX_AGREED_CATEGORIES, MAX_NAME_LENGTH, MAX_SAMPLES } from '../limits.ts'
import { line } from '../manifest/fields.ts'

/** Values of one column, and how many rows have each (groups, where rows belong together). */
export type CategoryCounts = {
  readonly name: string
  readonly values: readonly { readonly value: string; readonly count: number }[]
}

/** A silo sends at most this many times the values that there is room for: one that is frequent elsewhere may come later in its own order. */
export const SENT_PER_PLACE = 2

/** One category. */
export const categoryText: z.ZodType<string> = line(1, MAX_NAME_LENGTH)
/** Categories as they travel. */
export const categoryTexts: z.ZodType<string[]> = z.array(categoryText).max(MAX_AGREED_CATEGORIES)
const countedValue = z.strictObject({ value: categoryText, count: integer(1, MAX_SAMPLES) })
/** Counts as they travel. */
export const categoryCountsSchema: z.ZodType<CategoryCounts> = z.strictObject({
  name: z.string(),
  values: z.array(countedValue).max(MAX_AGREED_CATEGORIES * SENT_PER_PLACE),
})
