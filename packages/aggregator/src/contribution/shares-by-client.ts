/** Spreads the silos' shares over all clients of the Scenario, in index order; who took no part gets nothing. */
export function sharesByClient(
  shares: readonly number[],
  options: { readonly indexes: readonly number[]; readonly clients: number },
): readonly number[] {
  const result = new Array<number>(options.clients).fill(0)
  for (const [position, index] of options.indexes.entries()) result[index] = shares[position] ?? 0
  return result
}
