import type { Weights } from '@fednode/protocol'

/** sum_i n_i w_i / sum_i n_i, value by value in f64: FedAvg in two lines, to compare with. */
export function plainMean(
  updates: readonly { readonly weights: Weights; readonly weight: number }[],
): Weights {
  const total = updates.reduce((sum, { weight }) => sum + weight, 0)
  const [first] = updates
  if (first === undefined) throw new TypeError('nothing to average')
  const values = first.weights.values.map(
    (_, i) =>
      updates.reduce((sum, { weights, weight }) => sum + weight * (weights.values[i] ?? 0), 0) /
      total,
  )
  return { specs: first.weights.specs, values }
}
