import { blendVectors, type Term } from '../slices/blend-vectors.ts'
import { assertFinite } from './assert-finite.ts'
import type { Facts, LinearStrategy } from './strategy.ts'
import type { Aggregate, AggregationInput, Blend, ValueSink } from './types.ts'

/**
 * Carries out a linear strategy: the new model and the vectors that are kept, in one pass over the updates.
 * @param input - checked, updates in ascending silo order.
 * @throws {AggregatorError} MODEL_NOT_FINITE.
 */
export function aggregateLinear(
  strategy: LinearStrategy,
  input: AggregationInput,
  keep: (name: string) => ValueSink,
): Aggregate {
  const { model, keep: kept = [] } = strategy.decide(factsOf(input))
  const values = new Float32Array(input.base.length)
  const sinks: ValueSink[] = [
    { write: (start, slice) => values.set(slice, start) },
    ...kept.map(([name]) => keep(name)),
  ]
  const blends = [model, ...kept.map(([, blend]) => blend)]
  const options = { length: values.length, terms: termsOf(input, blends), sums: blends.length }
  blendVectors(options, (start, sums) => {
    sums.forEach((sum, k) => {
      sinks[k]?.write(start, rounded(sum, blends[k]?.divisor ?? 1))
    })
  })
  assertFinite(values, input)
  return { values, counted: sharesOf(model.updates) }
}

/** What `decide` may know of all updates. */
export function factsOf(input: AggregationInput): Facts {
  return { ...input, states: new Set(input.state.keys()) }
}

/** The vectors of an input in the order in which they are added up, with their weights in each of the blends. */
export function termsOf(input: AggregationInput, blends: readonly Blend[]): Term[] {
  return [
    ...input.updates.map((source, i) => ({
      source,
      weights: blends.map(({ updates }) => updates[i] ?? 0),
    })),
    { source: input.base, weights: blends.map(({ base }) => base) },
    ...[...input.state].map(([name, source]) => ({
      source,
      weights: blends.map(({ states }) => states?.find(([key]) => key === name)?.[1] ?? 0),
    })),
  ]
}

function rounded(sums: Float64Array, divisor: number): Float32Array {
  return Float32Array.from(sums, (sum) => sum / divisor)
}

function sharesOf(weights: Float64Array): number[] {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return Array.from(weights, (weight) => (total === 0 ? 0 : weight / total))
}
