import type { CoalitionModel } from '@fednode/engine'
import type { StrategySpec } from '@fednode/protocol'
import { factsOf } from './aggregate-linear.ts'
import { checkInput } from './check-input.ts'
import { membersOf } from './members-of.ts'
import { strategyOf } from './strategy-of.ts'
import type { AggregationInput } from './types.ts'

/** The model of any coalition of one round's updates. */
export type CoalitionModels = {
  /** Bit i stands for the i-th update in ascending silo order; 0n is the incoming model. */
  readonly modelOf: (coalition: bigint) => CoalitionModel
}

/**
 * What the strategy would have made of every part of the updates, alone and with the state that the round began with; of all of them it
 * is what `aggregate` makes. A robust method bears as many attackers as its options say, or as the size of the coalition permits.
 * @throws {AggregatorError} as aggregate.
 */
export async function coalitionModels(
  spec: StrategySpec,
  input: AggregationInput,
): Promise<CoalitionModels> {
  const strategy = strategyOf(spec)
  const checked = checkInput(input)
  const facts = factsOf(checked)
  const count = checked.updates.length
  return {
    modelOf: (coalition) => {
      const members = membersOf(coalition, count)
      const coefficients = new Float64Array(count)
      if (members.length === 0) return { kind: 'combination', coefficients }
      const updates = members.flatMap((i) => facts.updates[i] ?? [])
      const { model } = strategy.decide({ ...facts, updates })
      members.forEach((member, i) => {
        coefficients[member] = (model.updates[i] ?? 0) / model.divisor
      })
      return { kind: 'combination', coefficients }
    },
  }
}
