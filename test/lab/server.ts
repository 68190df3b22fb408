import { memorySource } from '../../packages/aggregator/src/assessment/vector-pool.ts'
import {
  type AggregationInput,
  AggregatorError,
  aggregate,
  type CoalitionModels,
  coalitionModels,
  type ValueSource,
} from '../../packages/aggregator/src/index.ts'
import { isSiloName, type SiloName, type Weights } from '../../packages/protocol/src/index.ts'
import { memorySink } from './memory-sink.ts'
import type { SimulatedUpdate, SimulationOptions } from './simulation.ts'

type State = ReadonlyMap<string, Float32Array>

/** A new model, and what its strategy keeps for the next round. */
export type Made = { readonly model: Weights; readonly state: State }

/** The aggregator's side of a simulated federation. */
export type Server = {
  /** SCAFFOLD's control variate for the silos; undefined for other strategies and before the first round's end. */
  control(): Float32Array | undefined
  /** The strategy's model; undefined when there are no updates or no finite model comes of them. */
  aggregate(base: Weights, updates: readonly SimulatedUpdate[]): Promise<Made | undefined>
  /** Goes on from what was made: a void round is not adopted and leaves everything as it was. */
  adopt(made: Made): Weights
  /** What it would make of any part of at least one update. */
  models(base: Weights, updates: readonly SimulatedUpdate[]): Promise<CoalitionModels>
}

export function createServer(options: SimulationOptions): Server {
  let state: State = new Map()
  return {
    control: () => state.get('control'),
    models: (base, updates) =>
      coalitionModels(options.strategy, inputOf(options, { base, updates, state })),
    async aggregate(base, updates) {
      if (updates.length === 0) return undefined
      const kept = new Map<string, Float32Array>()
      try {
        const input = inputOf(options, { base, updates, state })
        const { values } = await aggregate(options.strategy, input, (name) => {
          const vector = new Float32Array(base.values.length)
          kept.set(name, vector)
          return memorySink(vector)
        })
        return { model: { ...base, values }, state: kept }
      } catch (error) {
        if (error instanceof AggregatorError && error.code === 'MODEL_NOT_FINITE') return undefined
        throw error
      }
    },
    adopt(made) {
      state = made.state
      return made.model
    },
  }
}

function inputOf(
  { plan, silos }: SimulationOptions,
  round: {
    readonly base: Weights
    readonly updates: readonly SimulatedUpdate[]
    readonly state: State
  },
): AggregationInput {
  const { base, updates, state } = round
  return {
    base: memorySource(base.values),
    updates: updates.map(({ silo, weights, samples, steps }) => ({
      ...memorySource(weights.values),
      silo: siloNameOf(silo),
      samples,
      steps,
    })),
    state: sourcesOf(state),
    localLearningRate: plan.learningRate,
    clients: silos.length,
  }
}

/** Name of the silo at a place; names sort as places do. */
export function siloNameOf(place: number): SiloName {
  const name = `silo-${String(place + 1).padStart(3, '0')}`
  if (!isSiloName(name)) throw new RangeError(`no silo name for place ${place}`)
  return name
}

function sourcesOf(state: State): ReadonlyMap<string, ValueSource> {
  return new Map([...state].map(([name, values]) => [name, memorySource(values)]))
}
