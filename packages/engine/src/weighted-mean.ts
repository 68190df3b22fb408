import type { Weights } from '@fednode/protocol'
import { EngineError } from './errors.ts'

/** Elements summed at a time: the f64 scratch stays in the second-level cache whatever the model's size. */
const SLICE_ELEMENTS = 16_384

/** One term of a weighted mean: weights and how much they count (for FedAvg the number of samples). */
export type WeightedUpdate = { readonly weights: Weights; readonly weight: number }

/**
 * sum_i n_i w_i / sum_i n_i (FedAvg, McMahan et al. 2017, Algorithm 1). Sums run in f64 in the order given, one division, one rounding
 * to f32; inputs are not mutated.
 * @param updates - at least one; each `weight` is positive and finite.
 * @throws {EngineError} EMPTY_INPUT, SHAPE_MISMATCH when lengths differ, NOT_FINITE when a weight is not positive and finite.
 */
export function weightedMean(updates: readonly WeightedUpdate[]): Weights {
  const [first] = updates
  if (first === undefined)
    throw new EngineError('Nothing to average', { code: 'EMPTY_INPUT', what: 'updates' })
  const { specs, values } = first.weights
  for (const { weights, weight } of updates) {
    assertWeight(weight)
    assertLength(weights.values.length, values.length)
  }
  const mean = new Float32Array(values.length)
  meanInto(mean, updates)
  return { specs, values: mean }
}

function meanInto(target: Float32Array, updates: readonly WeightedUpdate[]): void {
  const total = updates.reduce((sum, { weight }) => sum + weight, 0)
  const scratch = new Float64Array(Math.min(SLICE_ELEMENTS, target.length))
  for (let start = 0; start < target.length; start += SLICE_ELEMENTS) {
    const slice = target.subarray(start, start + SLICE_ELEMENTS)
    const sums = scratch.subarray(0, slice.length).fill(0)
    for (const { weights, weight } of updates)
      addScaled(sums, weights.values.subarray(start), weight)
    for (let i = 0; i < sums.length; i++) slice[i] = (sums[i] as number) / total
  }
}

function assertWeight(weight: number): void {
  if (weight > 0 && Number.isFinite(weight)) return
  throw new EngineError(`An update's weight is ${weight}, not a positive number`, {
    code: 'NOT_FINITE',
    what: 'weight of an update',
  })
}

function addScaled(sums: Float64Array, values: Float32Array, weight: number): void {
  for (let i = 0; i < sums.length; i++)
    sums[i] = (sums[i] as number) + weight * (values[i] as number)
}

function assertLength(actual: number, expected: number): void {
  if (actual === expected) return
  throw new EngineError('Updates have different lengths', {
    code: 'SHAPE_MISMATCH',
    expected: `${expected} values`,
    actual: `${actual} values`,
  })
}
