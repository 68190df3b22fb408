import type { AskedCategories } from './asked-columns.ts'
import { type CategoryCounts, categoryText, SENT_PER_PLACE } from './category-counts.ts'
import { byText, mostFrequentFirst } from './category-order.ts'

/**
 * What may leave a silo of its counts: values at or above the floor that fit on a line, only the most frequent, each count rounded down to
 * a multiple of the floor, so that one row more or less shows in none but every tenth (T38); in ascending order of their UTF-16 code units.
 */
export function sendableCounts({ values }: CategoryCounts, asked: AskedCategories): CategoryCounts {
  const { name, floor } = asked
  const rounded = values
    .filter(({ value, count }) => count >= floor && categoryText.safeParse(value).success)
    .map(({ value, count }) => ({ value, count: count - (count % floor) }))
  const frequent = rounded.sort(mostFrequentFirst).slice(0, asked.max * SENT_PER_PLACE)
  return { name, values: frequent.sort((a, b) => byText(a.value, b.value)) }
}
