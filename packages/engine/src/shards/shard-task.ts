import type { GradientWork } from '../models/loss-gradient.ts'
import type { Dataset } from '../types.ts'

/** What a thread that computes gradients of shards is started with. */
export type ShardTask = Omit<GradientWork, 'read'> & {
  /** Shared memory with the weights of the step under way, tensor after tensor. */
  readonly weights: Float32Array
}

/** One shard to differentiate the loss on. */
export type ShardRequest = {
  readonly step: number
  readonly shard: number
  /** All rows of the shard, in order. */
  readonly data: Dataset
  readonly batchRows: number
  /** Of the weight tensors. */
  readonly shapes: readonly (readonly number[])[]
  /** Shared memory for the gradients, laid out as the weights. */
  readonly target: Float32Array
}

/** What a thread says: that it can begin, or that the gradients of a shard are in their place. */
export type ShardAnswer =
  | { readonly kind: 'ready' }
  | { readonly kind: 'done'; readonly shard: number; readonly loss: number }
