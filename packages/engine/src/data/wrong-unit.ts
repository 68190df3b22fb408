/** Numbers of one unit that are another unit's by a thousand: g and mg, m and mm, k€ and €. */
const FACTOR = 1_000

/** What a column's numbers would have to be divided by to fit its range; undefined when they fit, or that does not help. */
export function wrongUnit(
  median: number,
  { min, max }: { readonly min?: number | undefined; readonly max?: number | undefined },
): number | undefined {
  if (max !== undefined && median > max && median / FACTOR >= (min ?? 0)) {
    return median / FACTOR <= max ? FACTOR : undefined
  }
  const isTiny = min !== undefined && median > 0 && median < min
  if (!isTiny || median * FACTOR < min) return undefined
  return max === undefined || median * FACTOR <= max ? 1 / FACTOR : undefined
}
