import type { Weighting } from '@fednode/protocol'
import type { Facts } from './strategy.ts'
import type { Blend } from './types.ts'

/** What each update counts under the manifest's weighting: its samples, or one. */
export function countsOf(weighting: Weighting, { updates }: Pick<Facts, 'updates'>): Float64Array {
  return Float64Array.from(updates, ({ samples }) => (weighting === 'samples' ? samples : 1))
}

/** Sum of numbers in their order. */
export function sumOf(values: Iterable<number>): number {
  let sum = 0
  for (const value of values) sum += value
  return sum
}

/** Weights that sum to 1. */
export function sharesOf(weights: Float64Array): Float64Array {
  const total = sumOf(weights)
  return weights.map((weight) => (total === 0 ? 0 : weight / total))
}

/** sum_i w_i x_i / sum_i w_i: the base does not take part, so nothing is lost by subtracting and adding it. */
export function meanBlend(weights: Float64Array): Blend {
  return { updates: weights, base: 0, divisor: sumOf(weights) }
}

/** base + sum_i c_i (x_i - base) + sum_k s_k state_k. */
export function modelBlend(coefficients: Float64Array, states: Blend['states'] = []): Blend {
  return { updates: coefficients, base: 1 - sumOf(coefficients), states, divisor: 1 }
}

/** sum_i c_i (x_i - base) + sum_k s_k state_k. */
export function changeBlend(coefficients: Float64Array, states: Blend['states'] = []): Blend {
  return { updates: coefficients, base: -sumOf(coefficients), states, divisor: 1 }
}
