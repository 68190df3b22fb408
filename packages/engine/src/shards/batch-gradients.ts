import { setImmediate as nextTurn } from 'node:timers/promises'
import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../backends/start-backend.ts'
import { createGradient } from '../models/create-gradient.ts'
import type {
  Gradient,
  GradientBatch,
  GradientWork,
  LossGradient,
} from '../models/loss-gradient.ts'
import { shardCount } from './shard-count.ts'
import type { ShardResult, ShardWorkers } from './shard-workers.ts'
import { tensorsFrom } from './tensors-from.ts'

/** Gradients of the mean loss of batches. */
export type BatchGradients = {
  /** At weights that stay the caller's; another back end may be the current one afterwards. */
  of(weights: readonly tf.Tensor[], batch: Batch): Promise<LossGradient>
  dispose(): void
}

type Batch = Pick<GradientBatch, 'data' | 'rows' | 'step'>
type Sum = { readonly loss: number; readonly gradients: readonly tf.Tensor[] }

/**
 * A batch that is large enough is cut into shards of consecutive rows (see shardCount), whose gradients are added in order: on this thread
 * alone or with worker threads, the bits are the same. What a thread that died was to compute this one does.
 * @param workers - absent: this thread alone.
 */
export function createBatchGradients(
  work: GradientWork,
  workers: ShardWorkers | undefined,
): BatchGradients {
  const gradient = createGradient(work)
  return {
    async of(weights, batch) {
      const shards = shardsOf(batch, shardCount(work, batch.rows.length))
      const [first, ...others] = shards
      if (first !== undefined && others.length === 0) return gradient.of(weights, first)
      const { backend } = work
      const { loss, gradients } = await sumOf(shards, { backend, gradient, weights, workers })
      return { gradients, readLoss: async () => loss }
    },
    dispose: () => gradient.dispose(),
  }
}

function shardsOf({ data, rows, step }: Batch, count: number): GradientBatch[] {
  const batchRows = rows.length
  return Array.from({ length: count }, (_, shard) => {
    const start = Math.floor((batchRows * shard) / count)
    const end = Math.floor((batchRows * (shard + 1)) / count)
    return { data, rows: rows.subarray(start, end), batchRows, step, shard }
  })
}

async function sumOf(
  shards: readonly GradientBatch[],
  by: Pick<GradientWork, 'backend'> & {
    readonly gradient: Gradient
    readonly weights: readonly tf.Tensor[]
    readonly workers: ShardWorkers | undefined
  },
): Promise<Sum> {
  const { backend, gradient, weights, workers } = by
  const results = workers === undefined ? [] : handOver(shards, weights, workers)
  // One that fails while an earlier one is computed is thrown when its turn comes; until then nobody awaits it.
  for (const result of results) result?.catch(() => undefined)
  let sum: Sum = { loss: 0, gradients: [] }
  try {
    for (const [i, shard] of shards.entries()) {
      const result = await results[i]
      activateBackend(backend)
      const part = result === undefined ? gradient.of(weights, shard) : loaded(result, weights)
      sum = await plus(sum, part)
      await nextTurn()
    }
    return sum
  } catch (error) {
    activateBackend(backend)
    tf.dispose([...sum.gradients])
    throw error
  }
}

/** Gives worker threads all but the first shards; none for those that this thread is to compute. */
function handOver(
  shards: readonly GradientBatch[],
  weights: readonly tf.Tensor[],
  workers: ShardWorkers,
): readonly (Promise<ShardResult | undefined> | undefined)[] {
  const threads = Math.min(shards.length, 1 + workers.ready())
  if (threads > 1) workers.setWeights(weights)
  return shards.map((shard, i) => {
    const thread = Math.floor((threads * (i + 1) - 1) / shards.length)
    return thread === 0 ? undefined : workers.compute(thread - 1, shard)
  })
}

function loaded({ loss, gradients }: ShardResult, weights: readonly tf.Tensor[]): LossGradient {
  const shapes = weights.map(({ shape }) => shape)
  return { gradients: tensorsFrom(gradients, shapes), readLoss: async () => loss }
}

/** Adds a part to a sum; both are used up. */
async function plus(sum: Sum, part: LossGradient): Promise<Sum> {
  const gradients =
    sum.gradients.length === 0
      ? part.gradients
      : part.gradients.map((gradient, i) => tf.add(sum.gradients[i] as tf.Tensor, gradient))
  if (gradients !== part.gradients) tf.dispose([...sum.gradients, ...part.gradients])
  return { gradients, loss: sum.loss + (await part.readLoss()) }
}
