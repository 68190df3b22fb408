import type { Manifest, ModelSpec, Weights } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import { aggregate } from '../strategies/aggregate.ts'
import type { AggregationInput, UpdateSource, ValueSource } from '../strategies/types.ts'
import { memorySource, type PooledVector, type VectorPool } from './vector-pool.ts'

/** What one round starts from: the same for the aggregator and for whoever recomputes it. */
export type RoundInput = {
  readonly manifest: Pick<Manifest, 'strategy' | 'training' | 'contribution'>
  readonly model: ModelSpec
  readonly base: Weights
  /** In ascending order of silo names, which is the order of the coalitions' bits. */
  readonly updates: readonly UpdateSource[]
  /** The strategy's vectors after the last round; none before the first. */
  readonly state: ReadonlyMap<string, ValueSource>
  /** Registered silos. */
  readonly clients: number
}

/** The next global model, and what its strategy remembers for the round after. */
export type AggregatedRound = {
  readonly weights: Weights
  /** How much each update counts, see Aggregate. */
  readonly counted: readonly number[]
  readonly state: ReadonlyMap<string, ValueSource>
}

/**
 * Makes the next global model of a round's updates by the manifest's strategy.
 * @throws {AggregatorError} MODEL_NOT_FINITE when the model diverged (T40); else as aggregate.
 */
export async function aggregateRound(
  input: RoundInput,
  pool: VectorPool,
): Promise<AggregatedRound> {
  const { manifest, base } = input
  const kept = new Map<string, PooledVector>()
  const { values, counted } = await aggregate(manifest.strategy, aggregationOf(input), (name) => {
    const vector = kept.get(name) ?? pool.create(base.values.length)
    kept.set(name, vector)
    return vector
  })
  if (!values.every(Number.isFinite)) throw diverged()
  return { weights: { specs: base.specs, values }, counted, state: kept }
}

/** A round as its strategy sees it. */
export function aggregationOf(input: RoundInput): AggregationInput {
  const { manifest, base, updates, state, clients } = input
  return {
    base: memorySource(base.values),
    updates,
    state,
    clients,
    localLearningRate: manifest.training.learningRate,
  }
}

function diverged(): AggregatorError {
  return new AggregatorError('the new model is not finite: a step is too large', {
    code: 'MODEL_NOT_FINITE',
  })
}
