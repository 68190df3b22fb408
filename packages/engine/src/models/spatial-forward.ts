import { sizeOf } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { activate } from './activation.ts'
import type { ConvolutionPlan, PoolingPlan, SpatialPlan } from './spatial-plan.ts'
import { hasWinograd, transformKernel, winogradConvolution } from './winograd-convolution.ts'

/** One convolution or pooling with its weights, if any, on a back end. */
export type LoadedSpatial = LoadedConvolution | LoadedPooling

type LoadedConvolution = {
  readonly layer: ConvolutionPlan
  /** Ready for `method`. */
  readonly kernel: tf.Tensor
  readonly bias: tf.Tensor1D
  readonly method: 'winograd' | 'stock'
}

type LoadedPooling = {
  readonly layer: PoolingPlan
  readonly kernel: undefined
  readonly bias: undefined
}

/** Copies one layer's weights to the current back end. */
export function loadSpatial(layer: SpatialPlan, values: Float32Array): LoadedSpatial {
  if (layer.kind === 'pooling') return { layer, kernel: undefined, bias: undefined }
  const { kernelSize, input, output, kernelOffset, biasOffset, useBias } = layer
  const [, , depth] = input
  const [, , filters] = output
  const kernel = values.subarray(kernelOffset, biasOffset)
  const bias = useBias
    ? tf.tensor1d(values.subarray(biasOffset, biasOffset + filters))
    : tf.zeros<tf.Rank.R1>([filters])
  if (hasWinograd(layer))
    return { layer, kernel: transformKernel(layer, kernel), bias, method: 'winograd' }
  const stock = tf.tensor4d(kernel, [kernelSize, kernelSize, depth, filters])
  return { layer, kernel: stock, bias, method: 'stock' }
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

function runLayer(loaded: LoadedSpatial, images: tf.Tensor4D): tf.Tensor4D {
  if (loaded.kernel === undefined) return pool(loaded.layer, images)
  const { layer, kernel, bias, method } = loaded
  const { activation } = layer
  const isBound = activation === 'relu' || activation === 'linear'
  const sums =
    method === 'winograd'
      ? winogradConvolution(layer, { images, kernel, bias })
      : stockConvolution(layer, { images, kernel: kernel as tf.Tensor4D, bias })
  return isBound ? sums : activate(activation, sums)
}

function pool({ size }: PoolingPlan, images: tf.Tensor4D): tf.Tensor4D {
  return tf.maxPool(images, size, size, 'valid')
}

function stockConvolution(
  { strides, padding: pad, activation }: ConvolutionPlan,
  tensors: {
    readonly images: tf.Tensor4D
    readonly kernel: tf.Tensor4D
    readonly bias: tf.Tensor1D
  },
): tf.Tensor4D {
  const { images: x, kernel: filter, bias } = tensors
  const fused = activation === 'relu' ? 'relu' : 'linear'
  return tf.fused.conv2d({ x, filter, strides, pad, bias, activation: fused })
}
