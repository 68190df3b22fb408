import { sizeOf } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { activate } from './activation.ts'
import type { ConvolutionPlan, PoolingPlan, SpatialPlan } from './spatial-plan.ts'

/** One convolution or pooling with its weights, if any, on a back end. */
export type LoadedSpatial = {
  readonly layer: SpatialPlan
  readonly kernel: tf.Tensor4D | undefined
  readonly bias: tf.Tensor1D | undefined
}

/** Copies one layer's weights to the current back end. */
export function loadSpatial(layer: SpatialPlan, values: Float32Array): LoadedSpatial {
  if (layer.kind === 'pooling') return { layer, kernel: undefined, bias: undefined }
  const { kernelSize, input, output, kernelOffset, biasOffset, useBias } = layer
  const [, , filters] = output
  return {
    layer,
    kernel: tf.tensor4d(values.subarray(kernelOffset, biasOffset), [
      kernelSize,
      kernelSize,
      input[2],
      filters,
    ]),
    bias: useBias ? tf.tensor1d(values.subarray(biasOffset, biasOffset + filters)) : undefined,
  }
}

/** Output of convolutions and poolings, flattened, [rows, values], for rows [rows, height * width * channels]. */
export function runSpatial(layers: readonly LoadedSpatial[], inputs: tf.Tensor2D): tf.Tensor2D {
  const [first] = layers
  if (first === undefined) return inputs
  const rows = inputs.shape[0]
  const images = tf.reshape<tf.Rank.R4>(inputs, [rows, ...first.layer.input])
  const outputs = layers.reduce((values, loaded) => runLayer(loaded, values), images)
  return tf.reshape(outputs, [rows, sizeOf(outputs.shape) / rows])
}

function runLayer({ layer, kernel, bias }: LoadedSpatial, images: tf.Tensor4D): tf.Tensor4D {
  if (layer.kind === 'pooling') return pool(layer, images)
  // A convolution is loaded with its kernel.
  return convolve(layer, { images, kernel: kernel as tf.Tensor4D, bias })
}

function pool({ size }: PoolingPlan, images: tf.Tensor4D): tf.Tensor4D {
  return tf.maxPool(images, size, size, 'valid')
}

function convolve(
  { strides, padding: pad, activation }: ConvolutionPlan,
  tensors: {
    readonly images: tf.Tensor4D
    readonly kernel: tf.Tensor4D
    readonly bias: tf.Tensor1D | undefined
  },
): tf.Tensor4D {
  const { images: x, kernel: filter, bias } = tensors
  const isFused = activation === 'relu' || activation === 'linear'
  const sums = tf.fused.conv2d({
    x,
    filter,
    strides,
    pad,
    ...(bias !== undefined && { bias }),
    activation: isFused ? activation : 'linear',
  })
  return isFused ? sums : activate(activation, sums)
}
