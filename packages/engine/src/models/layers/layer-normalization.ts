import * as tf from '@tensorflow/tfjs-core'
import type { PlanOf } from '../layer-plan.ts'
import { type LayerTensors, tensorOf } from './layer-tensors.ts'

/** As in TensorFlow.js. */
const EPSILON = 1e-3

/** LayerNormalization over the last axis (Ba et al. 2016, arXiv 1607.06450). */
export function runLayerNormalization(
  { spec }: PlanOf<'LayerNormalization'>,
  tensors: LayerTensors,
  values: tf.Tensor,
): tf.Tensor {
  const { epsilon = EPSILON } = spec.config
  const { mean, variance } = tf.moments(values, -1, true)
  const deviation = tf.sqrt(tf.add(variance, epsilon))
  const normal = tf.div(tf.sub(values, mean), deviation)
  return tf.add(tf.mul(normal, tensorOf(tensors, 'gamma')), tensorOf(tensors, 'beta'))
}
