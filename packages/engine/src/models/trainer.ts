import { createBatchGradients } from '../shards/batch-gradients.ts'
import type { ShardWorkers } from '../shards/shard-workers.ts'
import type { Dataset } from '../types.ts'
import type { ClientTerms } from './client-terms.ts'
import { writtenLayers } from './create-gradient.ts'
import { createLayerTrainer } from './layer-trainer.ts'
import type { GradientWork } from './loss-gradient.ts'
import { createStackTrainer } from './stack-trainer.ts'

/** Steps on one model's weights; tensors live on the current back end until dispose(). */
export type Trainer = {
  /**
   * One step on the given rows of `data`; neither is read after the promise is settled, and `data` may be other rows in every step.
   * @returns their mean loss before the step.
   */
  step(rows: Uint32Array, data: Dataset): Promise<number>
  /** A copy of the current weights, in the order of the model. */
  weights(): Promise<Float32Array>
  dispose(): void
}

/** What a trainer works on; checked by the caller. */
export type TrainingWork = ClientTerms &
  GradientWork & {
    /** The weights to begin with, in the order of the model. */
    readonly values: Float32Array
  }

/**
 * A trainer on the current back end: written out where there is code for the model and plan, by automatic differentiation otherwise, for which
 * loadGradients() has to be called first.
 * @param workers - for batches that are cut into shards; they stay the caller's.
 */
export function createTrainer(work: TrainingWork, workers: ShardWorkers | undefined): Trainer {
  const batches = createBatchGradients(work, workers)
  const written = writtenLayers(work)
  return written === undefined
    ? createLayerTrainer(work, batches)
    : createStackTrainer(written, work, batches)
}
