import * as tf from '@tensorflow/tfjs-core'
import type { DensePlan } from './stack-plan.ts'

/** A layer's kernel transposed, [units, inputs], with its bias as last column where it has one. */
export function toTransposed(layer: DensePlan, values: Float32Array): tf.Tensor2D {
  const { inputs, units, kernelOffset, biasOffset, useBias } = layer
  const width = inputs + (useBias ? 1 : 0)
  const turned = new Float32Array(units * width)
  for (let unit = 0; unit < units; unit++) {
    for (let input = 0; input < inputs; input++)
      turned[unit * width + input] = values[kernelOffset + input * units + unit] as number
    if (useBias) turned[unit * width + inputs] = values[biasOffset + unit] as number
  }
  return tf.tensor2d(turned, [units, width])
}

/** The inverse of toTransposed: writes kernel and bias to their places in `target`. */
export function fromTransposed(layer: DensePlan, turned: Float32Array, target: Float32Array): void {
  const { inputs, units, kernelOffset, biasOffset, useBias } = layer
  const width = inputs + (useBias ? 1 : 0)
  for (let unit = 0; unit < units; unit++) {
    for (let input = 0; input < inputs; input++)
      target[kernelOffset + input * units + unit] = turned[unit * width + input] as number
    if (useBias) target[biasOffset + unit] = turned[unit * width + inputs] as number
  }
}
