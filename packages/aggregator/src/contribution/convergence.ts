/** Keeps relative changes finite where a value is 0. */
const SMALLEST = 1e-12

/** Mean over players of how far `earlier` values lie from the latest, relative to those. */
export function relativeChange(earlier: readonly number[], latest: readonly number[]): number {
  let sum = 0
  for (const [player, value] of latest.entries())
    sum += Math.abs((earlier[player] ?? 0) - value) / (Math.abs(value) + SMALLEST)
  return sum / latest.length
}
