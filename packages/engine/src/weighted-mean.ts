import type { Weights } from '@fednode/protocol'
import { EngineError } from './errors.ts'

/** One term of a weighted mean: weights and how much they count (for FedAvg the number of samples). */
export type WeightedUpdate = { readonly weights: Weights; readonly weight: number }

/**
 * sum_i n_i w_i / sum_i n_i (FedAvg, McMahan et al. 2017, Algorithm 1). Sums run in f64 in the order given, one division, one rounding
 * to f32; inputs are not mutated.
 * @throws {EngineError} EMPTY_INPUT without a positive total weight, SHAPE_MISMATCH when lengths differ.
 */
export function weightedMean(updates: readonly WeightedUpdate[]): Weights {
  const [first] = updates
  const total = updates.reduce((sum, update) => sum + update.weight, 0)
  if (first === undefined || !(total > 0))
    throw new EngineError('Nothing to average', { code: 'EMPTY_INPUT', what: 'updates' })
  const { specs, values } = first.weights
  const mean = new Float32Array(values.length)
  meanInto(mean, updates, 0)
  return { specs, values: mean }
}

/** Writes the weighted mean of values[offset ...] into `target`; see weightedMean. */
export function meanInto(
  target: Float32Array,
  updates: readonly WeightedUpdate[],
  offset: number,
): void {
  const sums = new Float64Array(target.length)
  let total = 0
  for (const { weights, weight } of updates) {
    const { values } = weights
    if (values.length < offset + target.length)
      throw new EngineError('Updates have different lengths', {
        code: 'SHAPE_MISMATCH',
        expected: `${offset + target.length} values`,
        actual: `${values.length} values`,
      })
    total += weight
    for (let i = 0; i < sums.length; i++)
      sums[i] = (sums[i] as number) + weight * (values[offset + i] as number)
  }
  for (let i = 0; i < sums.length; i++) target[i] = (sums[i] as number) / total
}
