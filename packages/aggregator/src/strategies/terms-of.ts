import type { Term } from '../slices/create-blender.ts'
import type { AggregationInput, Blend } from './types.ts'

/** The vectors of an input that weigh anything in the blends, in the order in which they are added up. */
export function termsOf(
  { updates, base, state }: AggregationInput,
  blends: readonly Blend[],
): Term[] {
  const terms: Term[] = [
    ...updates.map((source, i) => ({
      source,
      weights: blends.map((blend) => blend.updates[i] ?? 0),
    })),
    { source: base, weights: blends.map((blend) => blend.base) },
    ...[...state].map(([name, source]) => ({
      source,
      weights: blends.map((blend) => blend.states?.find(([key]) => key === name)?.[1] ?? 0),
    })),
  ]
  return terms.filter(({ weights }) => weights.some((weight) => weight !== 0))
}
