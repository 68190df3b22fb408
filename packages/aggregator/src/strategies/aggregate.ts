import type { StrategySpec } from '@fednode/protocol'
import { aggregateLinear } from './aggregate-linear.ts'
import { checkInput } from './check-input.ts'
import { strategyOf } from './strategy-of.ts'
import type { Aggregate, AggregationInput, ValueSink } from './types.ts'

/**
 * Makes the new global model of the silos' updates. Reads the updates in slices: memory does not grow with their number. The same
 * input gives the same bits, whatever the order of the updates.
 * @param keep - where a state vector for the next round goes, by name; called once per vector.
 * @throws {AggregatorError} NO_UPDATES, SILO_TWICE, LENGTHS_DIFFER, BAD_UPDATE_COUNT, MODEL_NOT_FINITE.
 */
export async function aggregate(
  spec: StrategySpec,
  input: AggregationInput,
  keep: (name: string) => ValueSink,
): Promise<Aggregate> {
  return aggregateLinear(strategyOf(spec), checkInput(input), keep)
}
