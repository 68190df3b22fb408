import * as tf from '@tensorflow/tfjs-core'
import type { PlanOf } from '../layer-plan.ts'
import { type LayerTensors, tensorOf } from './layer-tensors.ts'

/** Embedding: token ids [rows, tokens] to vectors [rows, tokens, outputDim]; with maskZero the vector of token 0 is 0. */
export function runEmbedding(
  { spec }: PlanOf<'Embedding'>,
  tensors: LayerTensors,
  tokens: tf.Tensor,
): tf.Tensor {
  const ids = tf.cast(tokens, 'int32')
  const vectors = tf.gather(tensorOf(tensors, 'embeddings'), ids)
  if (spec.config.maskZero !== true) return vectors
  return tf.mul(vectors, tf.expandDims(tf.minimum(tokens, 1), -1))
}
