import * as tf from '@tensorflow/tfjs-core'
import { copyTensors } from '../backends/copy-tensors.ts'
import type { Gradient } from '../models/loss-gradient.ts'
import { rowNumbers } from '../training/row-numbers.ts'
import type { ShardRequest } from './shard-task.ts'
import { tensorsFrom } from './tensors-from.ts'

/** Computes the gradients of one shard at weights in shared memory and puts them in their place; no tensor stays. @returns the shard's loss. */
export async function computeShard(
  gradient: Gradient,
  values: Float32Array,
  request: ShardRequest,
): Promise<number> {
  const { shapes, data, target } = request
  const weights = tensorsFrom(values, shapes)
  const rows = rowNumbers(data.count)
  const { gradients, readLoss } = gradient.of(weights, { ...request, rows })
  copyTensors(gradients, target)
  tf.dispose([...weights, ...gradients])
  return readLoss()
}
