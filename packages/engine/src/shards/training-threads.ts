import { availableParallelism } from 'node:os'
import type { GradientWork } from '../models/loss-gradient.ts'
import { multiplicationsOf } from '../models/multiplications.ts'
import { shardCount } from './shard-count.ts'

/** Multiplications forward of a training, from which worker threads pay: starting one takes half a second, as long as training with so many. */
const THREADED_MULTIPLICATIONS = 5e9

/**
 * How many threads train best, this one among them: 1 where batches are not cut into shards or there is too little to do, else as many as the
 * machine has cores and a batch has shards.
 * @param options - `rows`: that a pass goes over. `threads` asked for: so many at most, however little there is to do.
 */
export function trainingThreads(
  work: Pick<GradientWork, 'model' | 'plan' | 'backend'>,
  { rows, threads }: { readonly rows: number; readonly threads: number | undefined },
): number {
  const { model, plan } = work
  const shards = shardCount(work, plan.batchSize)
  if (threads !== undefined) return Math.min(threads, shards)
  const perRow = multiplicationsOf(model.layers).reduce((sum, one) => sum + one, 0)
  const trained = plan.steps === undefined ? (plan.epochs ?? 1) * rows : plan.steps * plan.batchSize
  return trained * perRow < THREADED_MULTIPLICATIONS ? 1 : Math.min(availableParallelism(), shards)
}
