/** Updates that a method needs for f attackers: `factor` * f + 3. */
const FACTORS = { krum: 2, bulyan: 4 } as const

/**
 * Attackers that a method looks out for among `count` updates: as many as it is told, but no more than its proof permits (n >= 2f + 3
 * for Krum, n >= 4f + 3 for Bulyan); without a number, as many as that.
 */
export function largestAttackers(
  method: keyof typeof FACTORS,
  count: number,
  told = Number.POSITIVE_INFINITY,
): number {
  return Math.min(told, Math.max(0, Math.floor((count - 3) / FACTORS[method])))
}
