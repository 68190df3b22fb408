import { performance } from 'node:perf_hooks'
import {
  assessRound,
  type RoundAssessment,
} from '../../packages/aggregator/src/assessment/assess-round.ts'
import { memorySource } from '../../packages/aggregator/src/assessment/vector-pool.ts'
import type { UpdateSource } from '../../packages/aggregator/src/index.ts'
import type { Dataset } from '../../packages/engine/src/index.ts'
import type { ContributionSpec, Weights } from '../../packages/protocol/src/index.ts'
import { siloNameOf } from './server.ts'
import type { SimulatedUpdate, SimulationOptions } from './simulation.ts'

const SEED_BYTES = 32

/** A round to be valued, and on which rows. */
export type ValuedRound = {
  readonly base: Weights
  readonly updates: readonly SimulatedUpdate[]
  readonly validation: Dataset
  /** Part of the rows that is drawn by `seed`; absent: all. */
  readonly validationShare?: number
  /** First byte of the round's seed. @default 0 */
  readonly seed?: number
}

/** Exact Shapley values of negative loss, computed as an aggregator does; for strategies without state. */
export function valueRound(
  { engine, model, plan, strategy, silos }: SimulationOptions,
  { base, updates, validation, validationShare, seed = 0 }: ValuedRound,
): Promise<RoundAssessment> {
  const contribution: ContributionSpec = {
    estimator: 'exact',
    utility: 'negative-loss',
    validation: '',
    ...(validationShare === undefined ? {} : { validationShare }),
  }
  return assessRound(
    {
      manifest: { strategy, training: plan, contribution },
      model,
      base,
      updates: updates.map(sourceOf),
      state: new Map(),
      clients: silos.length,
    },
    { validation, seed: new Uint8Array(SEED_BYTES).fill(seed, 0, 1) },
    { engine, elapsed: () => performance.now() },
  )
}

/** A simulated update as the aggregator reads it. */
export function sourceOf({ silo, weights, samples, steps }: SimulatedUpdate): UpdateSource {
  return { ...memorySource(weights.values), silo: siloNameOf(silo), samples, steps }
}
