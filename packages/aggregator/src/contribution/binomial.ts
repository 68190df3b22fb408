/** Number of coalitions of `size` out of `players`; rounded above 2^53. */
export function binomial(players: number, size: number): number {
  let count = 1
  for (let i = 0; i < size; i++) count = (count * (players - i)) / (i + 1)
  return Math.round(count)
}
