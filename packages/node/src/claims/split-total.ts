import type { ClaimLine } from '@fednode/contracts'

/**
 * Splits a total in proportion to weights, each part rounded down to the wei; whoever would get nothing is left out.
 * @param total - in wei, as weights are of one unit; what rounding leaves over stays where it was.
 */
export function splitTotal(
  total: bigint,
  weights: readonly { readonly account: `0x${string}`; readonly weight: bigint }[],
): readonly ClaimLine[] {
  const sum = weights.reduce((all, { weight }) => all + weight, 0n)
  if (sum === 0n) return []
  return weights
    .map(({ account, weight }) => ({ account, amount: (total * weight) / sum }))
    .filter(({ amount }) => amount > 0n)
}
