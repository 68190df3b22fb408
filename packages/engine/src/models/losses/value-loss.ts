import type { Objective } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import type { TargetsOf } from '../../targets.ts'
import type { BatchLoss } from './batch-loss.ts'

/** Mean over rows of the residual's square, of its size, or Huber's with its bend at 1 (Huber 1964). */
export function valueLoss(
  { values }: TargetsOf<'value'>,
  rows: Uint32Array,
  kind: Extract<Objective, { kind: 'value' }>['loss'],
): BatchLoss {
  const picked = Float32Array.from(rows, (row) => values[row] as number)
  return (outputs) => {
    const residual = tf.sub<tf.Tensor2D>(outputs, tf.tensor2d(picked, [rows.length, 1]))
    return tf.mean(penalty(residual, kind))
  }
}

function penalty(residual: tf.Tensor2D, kind: 'mse' | 'mae' | 'huber'): tf.Tensor2D {
  if (kind === 'mse') return tf.square(residual)
  const size = tf.abs(residual)
  if (kind === 'mae') return size
  // The square up to 1 and the line above, without a branch.
  const bent = tf.minimum<tf.Tensor2D>(size, 1)
  return tf.add(tf.mul(tf.square(bent), 0.5), tf.sub<tf.Tensor2D>(size, bent))
}
