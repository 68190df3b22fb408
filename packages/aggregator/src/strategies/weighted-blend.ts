import type { Weighting } from '@fednode/protocol'
import type { Facts } from './strategy.ts'
import type { Blend } from './types.ts'

/** What each update counts under the manifest's weighting: its samples, or one. */
export function countOf(weighting: Weighting, updates: Facts['updates']): Float64Array {
  return Float64Array.from(updates, ({ samples }) => (weighting === 'samples' ? samples : 1))
}

/** The weighted mean of the updates; the base does not take part, so nothing is lost by adding and subtracting it. */
export function meanBlend(weights: Float64Array): Blend {
  return { updates: weights, base: 0, divisor: weights.reduce((sum, weight) => sum + weight, 0) }
}
