import type { Facts } from './strategy.ts'
import type { AggregationInput } from './types.ts'

/** What a strategy may know of an input besides the values. */
export function factsOf(input: AggregationInput): Facts {
  return { ...input, states: new Set(input.state.keys()) }
}
