import * as tf from '@tensorflow/tfjs-core'
import type { TargetsOf } from '../../targets.ts'
import type { BatchLoss } from './batch-loss.ts'

/** Softmax cross-entropy in nats, each row times the weight of its class, summed and divided by the number of rows. */
export function classesLoss(
  { labels, classes }: TargetsOf<'classes'>,
  rows: Uint32Array,
  weights: Float64Array | undefined,
): BatchLoss {
  const shares = new Float32Array(rows.length * classes)
  rows.forEach((row, i) => {
    const label = labels[row] as number
    shares[i * classes + label] = (weights?.[label] ?? 1) / rows.length
  })
  return (logits) => {
    const wanted = tf.tensor2d(shares, [rows.length, classes])
    return tf.neg(tf.sum(tf.mul(wanted, tf.logSoftmax(logits))))
  }
}
