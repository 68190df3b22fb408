import * as tf from '@tensorflow/tfjs-core'
import { activate } from '../activation.ts'
import type { PlanOf } from '../layer-plan.ts'
import { addBias, type LayerTensors, tensorOf } from './layer-tensors.ts'

/** Dense: rows [rows, inputs] to [rows, units]. */
export function runDense(
  { spec }: PlanOf<'Dense'>,
  tensors: LayerTensors,
  rows: tf.Tensor2D,
): tf.Tensor2D {
  const { activation = 'linear' } = spec.config
  const sums = tf.matMul<tf.Tensor2D>(rows, tensorOf(tensors, 'kernel'))
  return activate(activation, addBias(tensors, sums))
}
