import type { TrainingPlan } from '@fednode/protocol'
import { checkUpdateContent, type Manifest, type SiloName, type Weights } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import type { UpdateSource } from '../strategies/types.ts'
import type { VectorPool } from './vector-pool.ts'

/** An accepted update whose bytes are at hand. */
export type StoredUpdate = {
  readonly silo: SiloName
  readonly samples: number
  /** The update as it travelled. */
  bytes(): Promise<Uint8Array>
}

/**
 * Opens accepted updates through the same checks that let them in, one after the other, so that memory holds one of them at a time
 * besides what the pool keeps.
 * @throws {AggregatorError} UPDATE_CHANGED when one does not pass any more.
 */
export async function openUpdates(
  updates: readonly StoredUpdate[],
  options: {
    readonly base: Weights
    readonly manifest: Pick<Manifest, 'training' | 'limits' | 'compression'>
    readonly pool: VectorPool
  },
): Promise<readonly UpdateSource[]> {
  const { base, manifest, pool } = options
  const sources: UpdateSource[] = []
  for (const { silo, samples, bytes } of updates) {
    const { compression, limits, training } = manifest
    const checked = checkUpdateContent(await bytes(), {
      base,
      maxNorm: limits.updateNorm,
      ...(compression === undefined ? {} : { compression }),
    })
    if (!checked.ok) throw changed(silo, checked.detail)
    const vector = pool.create(base.values.length)
    vector.write(0, checked.weights.values)
    sources.push({
      length: vector.length,
      read: vector.read,
      silo,
      samples,
      steps: localSteps(training, samples),
    })
  }
  return sources
}

/** Steps of local training over `samples` rows in one round: as many as the plan says, or batches an epoch, the last one may be smaller. */
export function localSteps(
  { epochs = 1, steps, batchSize }: TrainingPlan,
  samples: number,
): number {
  return steps ?? epochs * Math.ceil(samples / Math.min(batchSize, samples))
}

function changed(silo: SiloName, detail: string): AggregatorError {
  const message = `the accepted update of ${silo} does not pass its checks any more: ${detail}`
  return new AggregatorError(message, { code: 'UPDATE_CHANGED', silo })
}
