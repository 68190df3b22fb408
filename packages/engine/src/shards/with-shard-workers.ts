import type { GradientWork } from '../models/loss-gradient.ts'
import { type ShardWorkers, startShardWorkers } from './shard-workers.ts'
import { trainingThreads } from './training-threads.ts'

/**
 * Trains with as many worker threads as pay beside this one, and ends them however the training ends.
 * @param options - as trainingThreads takes them.
 * @param train - gets undefined where this thread alone is best.
 */
export async function withShardWorkers<T>(
  work: GradientWork,
  options: { readonly rows: number; readonly threads: number | undefined },
  train: (workers: ShardWorkers | undefined) => Promise<T>,
): Promise<T> {
  const threads = trainingThreads(work, options)
  if (threads === 1) return train(undefined)
  const workers = startShardWorkers(work, threads - 1)
  try {
    return await train(workers)
  } finally {
    await workers.end()
  }
}
