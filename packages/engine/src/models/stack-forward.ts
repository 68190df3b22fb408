import * as tf from '@tensorflow/tfjs-core'
import { activate } from './activation.ts'
import { type LoadedSpatial, loadSpatial, runSpatial } from './spatial-forward.ts'
import type { DensePlan, StackPlan } from './stack-plan.ts'

/** One Dense layer with its weights on a back end, in their natural layout. */
export type LoadedLayer = {
  readonly layer: DensePlan
  readonly kernel: tf.Tensor2D
  readonly bias: tf.Tensor1D | undefined
}

/** A stack with its weights on a back end. */
export type LoadedStack = {
  readonly spatial: readonly LoadedSpatial[]
  readonly dense: readonly LoadedLayer[]
}

/** Copies a stack's weights, given in the order of the plan, to the current back end. */
export function loadStack(plan: StackPlan, values: Float32Array): LoadedStack {
  return {
    spatial: plan.spatial.map((layer) => loadSpatial(layer, values)),
    dense: plan.dense.map((layer) => loadLayer(layer, values)),
  }
}

/** Copies one layer's weights to the current back end. */
export function loadLayer(layer: DensePlan, values: Float32Array): LoadedLayer {
  const { inputs, units, kernelOffset, biasOffset, useBias } = layer
  const kernel = values.subarray(kernelOffset, kernelOffset + inputs * units)
  return {
    layer,
    kernel: tf.tensor2d(kernel, [inputs, units]),
    bias: useBias ? tf.tensor1d(values.subarray(biasOffset, biasOffset + units)) : undefined,
  }
}

/** Output of a layer: the activation of its pre-activations, [rows, units]. */
function runLayer(loaded: LoadedLayer, inputs: tf.Tensor2D): tf.Tensor2D {
  const { activation } = loaded.layer
  if (activation !== 'relu') return activate(activation, preActivations(loaded, inputs))
  const { kernel: b, bias } = loaded
  const product = { a: inputs, b, activation, ...(bias !== undefined && { bias }) } as const
  return tf.fused.matMul(product) as tf.Tensor2D
}

/** Pre-activations of a layer: inputs [rows, inputs] times kernel plus bias, [rows, units]. */
export function preActivations({ kernel, bias }: LoadedLayer, inputs: tf.Tensor2D): tf.Tensor2D {
  if (bias === undefined) return tf.matMul<tf.Tensor2D>(inputs, kernel)
  // Two matrices give a matrix, which the types of the fused product do not say.
  return tf.fused.matMul({ a: inputs, b: kernel, bias }) as tf.Tensor2D
}

/** Outputs [rows, outputs] for inputs [rows, inputs] of a stack, or of what is left of one whose lower layers have been run. */
export function runStack({ spatial, dense }: LoadedStack, inputs: tf.Tensor2D): tf.Tensor2D {
  return dense.reduce((values, loaded) => runLayer(loaded, values), runSpatial(spatial, inputs))
}

/** Frees a stack's tensors. */
export function disposeStack({ spatial, dense }: LoadedStack): void {
  const tensors = [...spatial, ...dense].flatMap(({ kernel, bias }) => [kernel, bias])
  tf.dispose(tensors.filter((tensor) => tensor !== undefined))
}
