import * as tf from '@tensorflow/tfjs-core'
import { activate } from '../activation.ts'
import type { PlanOf } from '../layer-plan.ts'
import { addBias, type LayerTensors, tensorOf } from './layer-tensors.ts'

/** Conv2D: images [rows, height, width, channels] to [rows, height, width, filters]. */
export function runConv2d(
  { spec }: PlanOf<'Conv2D'>,
  tensors: LayerTensors,
  images: tf.Tensor4D,
): tf.Tensor4D {
  const { strides = 1, padding = 'valid', activation = 'linear' } = spec.config
  const sums = tf.conv2d(images, tensorOf<tf.Tensor4D>(tensors, 'kernel'), strides, padding)
  return activate(activation, addBias(tensors, sums))
}

/** Conv1D: sequences [rows, steps, channels] to [rows, steps, filters]. */
export function runConv1d(
  { spec }: PlanOf<'Conv1D'>,
  tensors: LayerTensors,
  sequences: tf.Tensor3D,
): tf.Tensor3D {
  const { strides = 1, padding = 'valid', activation = 'linear' } = spec.config
  const sums = tf.conv1d(sequences, tensorOf<tf.Tensor3D>(tensors, 'kernel'), strides, padding)
  return activate(activation, addBias(tensors, sums))
}

/** DepthwiseConv2D: every channel of images by kernels of its own. */
export function runDepthwiseConv2d(
  { spec }: PlanOf<'DepthwiseConv2D'>,
  tensors: LayerTensors,
  images: tf.Tensor4D,
): tf.Tensor4D {
  const { strides = 1, padding = 'valid', activation = 'linear' } = spec.config
  const kernel = tensorOf<tf.Tensor4D>(tensors, 'depthwise_kernel')
  return activate(
    activation,
    addBias(tensors, tf.depthwiseConv2d(images, kernel, strides, padding)),
  )
}
