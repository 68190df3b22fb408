import type { CoalitionModel } from '@fednode/engine'
import type { StrategySpec } from '@fednode/protocol'
import { checkInput } from './check-input.ts'
import { eachSlice } from './each-slice.ts'
import { factsOf } from './facts-of.ts'
import { gramFor } from './gram-for.ts'
import { membersOf } from './members-of.ts'
import { modelOf } from './model-of.ts'
import { restrictGram, restrictInput } from './restrict.ts'
import type { Gram, Strategy } from './strategy.ts'
import { strategyOf } from './strategy-of.ts'
import type { AggregationInput } from './types.ts'
import { createWorkbench } from './workbench.ts'

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
  const silos = checked.updates.length
  const gram = await gramFor(strategy, checked)
  const workbench = createWorkbench(silos)
  return {
    modelOf: (coalition) => {
      const members = membersOf(coalition, silos)
      if (members.length === 0) return incoming(silos)
      const parts = {
        input: restrictInput(checked, members),
        gram: restrictGram(gram, members, silos),
        workbench,
      }
      const coefficients = coefficientsOf(strategy, parts.input, parts.gram)
      if (coefficients === undefined) return wholeModel(modelOf(strategy, parts), checked)
      return { kind: 'combination', coefficients: spread(coefficients, members, silos) }
    },
  }
}

function incoming(silos: number): CoalitionModel {
  return { kind: 'combination', coefficients: new Float64Array(silos) }
}

/** Coefficients of the members' changes when the model is made of these and the base alone. */
function coefficientsOf(
  strategy: Strategy,
  input: AggregationInput,
  gram: Gram,
): Float64Array | undefined {
  if (strategy.kind !== 'linear') return undefined
  const { model } = strategy.decide(factsOf(input), gram)
  if (model.states?.some(([, weight]) => weight !== 0)) return undefined
  return model.updates.map((weight) => weight / model.divisor)
}

function spread(
  coefficients: Float64Array,
  members: readonly number[],
  silos: number,
): Float64Array {
  const all = new Float64Array(silos)
  members.forEach((member, i) => {
    all[member] = coefficients[i] ?? 0
  })
  return all
}

function wholeModel(model: ReturnType<typeof modelOf>, { base }: AggregationInput): CoalitionModel {
  const values = new Float32Array(base.length)
  eachSlice(values.length, (start, count) => {
    values.set(model.slice(start, count), start)
  })
  return { kind: 'weights', values }
}
