import type { CategoryCounts } from './category-counts.ts'

/** Descending counts, the same ones by text. */
export function mostFrequentFirst(
  a: CategoryCounts['values'][number],
  b: CategoryCounts['values'][number],
): number {
  return b.count - a.count || byText(a.value, b.value)
}

/** Ascending UTF-16 code units: the same everywhere, unlike a locale's order. */
export function byText(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
