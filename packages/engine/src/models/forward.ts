import * as tf from '@tensorflow/tfjs-core'
import { activate } from './activation.ts'
import type { DensePlan, ModelPlan } from './model-plan.ts'

/** One layer's weights as tensors, in their natural layout. */
export type LayerTensors = { readonly kernel: tf.Tensor2D; readonly bias: tf.Tensor1D | undefined }

/** Copies one layer's weights to the current back end. */
export function layerTensors(layer: DensePlan, values: Float32Array): LayerTensors {
  const { inputs, units, kernelOffset, biasOffset, useBias } = layer
  const kernel = values.subarray(kernelOffset, kernelOffset + inputs * units)
  return {
    kernel: tf.tensor2d(kernel, [inputs, units]),
    bias: useBias ? tf.tensor1d(values.subarray(biasOffset, biasOffset + units)) : undefined,
  }
}

/** Pre-activations of a layer: inputs [rows, inputs] times kernel plus bias, [rows, units]. */
export function preActivations(tensors: LayerTensors, inputs: tf.Tensor2D): tf.Tensor2D {
  const { kernel: b, bias } = tensors
  if (bias === undefined) return tf.matMul<tf.Tensor2D>(inputs, b)
  // Two matrices give a matrix, which the types of the fused product do not say.
  return tf.fused.matMul({ a: inputs, b, bias }) as tf.Tensor2D
}

/** Logits [rows, classes] from the pre-activations of the first layer; `above` holds the tensors of the layers after it. */
export function logitsFromFirst(
  plan: ModelPlan,
  above: readonly LayerTensors[],
  firstSums: tf.Tensor2D,
): tf.Tensor2D {
  let sums = firstSums
  above.forEach((tensors, i) => {
    const below = plan.layers[i] as DensePlan
    sums = preActivations(tensors, activate(below.activation, sums))
  })
  return activate(plan.layers[plan.layers.length - 1]?.activation ?? 'linear', sums)
}
