import * as tf from '@tensorflow/tfjs-core'
import type { HiddenActivation } from './check-layer.ts'

/** The activation of `sums`, element by element. */
export function activate<T extends tf.Tensor>(activation: HiddenActivation, sums: T): T {
  switch (activation) {
    case 'linear':
      return sums
    case 'relu':
      return tf.relu(sums)
    case 'tanh':
      return tf.tanh(sums)
    case 'sigmoid':
      return tf.sigmoid(sums)
  }
}

/** gradient * activation'(sum), with the derivative written in terms of the activation's own value `active`. */
export function timesDerivative(
  activation: HiddenActivation,
  gradient: tf.Tensor2D,
  active: tf.Tensor2D,
): tf.Tensor2D {
  switch (activation) {
    case 'linear':
      return gradient
    case 'relu':
      return tf.mul(gradient, tf.step(active))
    case 'tanh':
      return tf.mul(gradient, tf.sub(1, tf.mul(active, active)))
    case 'sigmoid':
      return tf.mul(gradient, tf.mul(active, tf.sub(1, active)))
  }
}
