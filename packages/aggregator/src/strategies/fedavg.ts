import { AggregatorError } from '../aggregator-error.ts'
import type { WeightedUpdate } from './weighted-update.ts'

/** Elements accumulated at a time: the f64 scratch stays in the second-level cache whatever the model's size. */
const SLICE_ELEMENTS = 16_384

/**
 * Weighted mean of the silos' weights (FedAvg, McMahan et al. 2017, Algorithm 1): sum_i n_i w_i / sum_i n_i.
 * @param updates - at least one; `values` is a Float32Array of length P. Order does not matter: sums run in f64 in ascending silo
 * name order, so that everybody who recomputes gets the same bits.
 * @returns new Float32Array of length P, each element rounded once; inputs are not mutated.
 * @throws {AggregatorError} EMPTY_ROUND, SHAPE_MISMATCH, BAD_WEIGHT.
 */
export function fedavg(updates: readonly WeightedUpdate[]): Float32Array<ArrayBuffer> {
  const sorted = updates.toSorted((a, b) => (a.silo < b.silo ? -1 : 1))
  const [first] = sorted
  if (first === undefined)
    throw new AggregatorError('no update to average', { code: 'EMPTY_ROUND' })
  const total = sumOfWeights(sorted)
  const result = new Float32Array(first.values.length)
  for (const update of sorted) assertLength(update.values.length, result.length)
  for (let start = 0; start < result.length; start += SLICE_ELEMENTS) {
    averageSlice(sorted, total, result.subarray(start, start + SLICE_ELEMENTS), start)
  }
  return result
}

function averageSlice(
  updates: readonly WeightedUpdate[],
  total: number,
  target: Float32Array,
  start: number,
): void {
  const sums = new Float64Array(target.length)
  for (const { values, weight } of updates) {
    for (let i = 0; i < sums.length; i++)
      sums[i] = (sums[i] ?? 0) + weight * (values[start + i] ?? 0)
  }
  for (let i = 0; i < sums.length; i++) target[i] = (sums[i] ?? 0) / total
}

function sumOfWeights(updates: readonly WeightedUpdate[]): number {
  let total = 0
  for (const { weight } of updates) {
    if (!(Number.isFinite(weight) && weight > 0)) {
      throw new AggregatorError(`weight ${weight} is not positive`, { code: 'BAD_WEIGHT', weight })
    }
    total += weight
  }
  return total
}

function assertLength(actual: number, expected: number): void {
  if (actual === expected) return
  const message = `an update has ${actual} weights, another ${expected}`
  throw new AggregatorError(message, { code: 'SHAPE_MISMATCH', expected, actual })
}
