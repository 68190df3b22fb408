import type { AskedCategories } from './asked-columns.ts'
import type { CategoryCounts } from './category-counts.ts'
import { byText, mostFrequentFirst } from './category-order.ts'

/**
 * The categories of a column: the most frequent values over all silos that enough silos sent, as many as there is room for.
 * @returns in ascending order of their UTF-16 code units: the same for everybody, and nothing of how frequent each is.
 */
export function mergeCounts(
  counts: readonly CategoryCounts[],
  { max, silos }: AskedCategories,
): readonly string[] {
  const merged = new Map<string, { count: number; silos: number }>()
  for (const { value, count } of counts.flatMap(({ values }) => values)) {
    const before = merged.get(value) ?? { count: 0, silos: 0 }
    merged.set(value, { count: before.count + count, silos: before.silos + 1 })
  }
  const shared = [...merged].filter(([, seen]) => seen.silos >= silos)
  const frequent = shared.map(([value, { count }]) => ({ value, count })).sort(mostFrequentFirst)
  return frequent
    .slice(0, max)
    .map(({ value }) => value)
    .sort(byText)
}
