import type { Activation } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import type { PlainActivation } from './plain-activation.ts'

/** sqrt(2 / pi) and the cubic's coefficient of the tanh form of GELU (Hendrycks & Gimpel 2016, section 2). */
const GELU_SCALE = Math.sqrt(2 / Math.PI)
const GELU_CUBIC = 0.044715

/** The activation of `sums`, element by element; softmax is part of the loss and leaves logits as they are. */
export function activate<T extends tf.Tensor>(activation: Activation, sums: T): T {
  switch (activation) {
    case 'linear':
    case 'softmax':
      return sums
    case 'relu':
      return tf.relu(sums)
    case 'tanh':
      return tf.tanh(sums)
    case 'sigmoid':
      return tf.sigmoid(sums)
    case 'elu':
      return tf.elu(sums)
    case 'softplus':
      return tf.softplus(sums)
    case 'gelu':
      return gelu(sums)
  }
}

/** gradient * activation'(sum), with the derivative written in terms of the activation's own value `active`. */
export function timesDerivative(
  activation: PlainActivation,
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

function gelu<T extends tf.Tensor>(sums: T): T {
  const cubed = tf.mul(tf.mul(sums, tf.mul(sums, sums)), GELU_CUBIC)
  const gate = tf.add(1, tf.tanh(tf.mul(tf.add(sums, cubed), GELU_SCALE)))
  return tf.mul(tf.mul(sums, 0.5), gate)
}
