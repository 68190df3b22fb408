import {
  type AggregationInput,
  AggregatorError,
  aggregate,
  type CoalitionModels,
  coalitionModels,
  type ValueSource,
} from '../../packages/aggregator/src/index.ts'
import { isSiloName, type SiloName, type Weights } from '../../packages/protocol/src/index.ts'
import { memorySink, memorySource } from './memory-values.ts'
import type { SimulatedUpdate, SimulationOptions } from './simulation.ts'

type State = ReadonlyMap<string, Float32Array>

/** The aggregator's side of a simulated federation. */
export type Server = {
  /** SCAFFOLD's control variate for the silos; undefined for other strategies and before the first round's end. */
  control(): Float32Array | undefined
  /**
   * The strategy's model; what it keeps for the next round is carried. Undefined when there are no updates or no finite model comes of
   * them: the round is void and leaves everything as it was.
   */
  aggregate(base: Weights, updates: readonly SimulatedUpdate[]): Promise<Weights | undefined>
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
      // As a real aggregator: what is not finite is refused (T21).
      const accepted = updates.filter(({ weights }) => weights.values.every(Number.isFinite))
      if (accepted.length === 0) return undefined
      const kept = new Map<string, Float32Array>()
      try {
        const input = inputOf(options, { base, updates: accepted, state })
        const { values } = await aggregate(options.strategy, input, (name) => {
          const vector = new Float32Array(base.values.length)
          kept.set(name, vector)
          return memorySink(vector)
        })
        state = kept
        return { ...base, values }
      } catch (error) {
        if (error instanceof AggregatorError && error.code === 'MODEL_NOT_FINITE') return undefined
        throw error
      }
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
