import * as tf from '@tensorflow/tfjs-core'
import type { TargetsOf } from '../../targets.ts'
import type { BatchLoss } from './batch-loss.ts'

/** A sum of risks this far below the largest is as good as none; its logarithm stays finite in float32. */
const LEAST_SUM = 1e-30

/** The same rows, those that were watched longest first. */
export function latestFirst(rows: Uint32Array, times: Float64Array): Uint32Array {
  return rows.toSorted((a, b) => (times[b] as number) - (times[a] as number))
}

/**
 * Negative log partial likelihood (Cox 1972) of the events of a batch, per event; ties as Breslow 1974. A batch without an event has
 * loss 0 and no gradient.
 * @param rows - latest first: who is at risk at an event is then all before it, and those of its own time.
 */
export function riskLoss({ times, observed }: TargetsOf<'risk'>, rows: Uint32Array): BatchLoss {
  const { own, upTo } = eventShares(rows, times, observed)
  return (risks) => {
    const column = tf.reshape<tf.Rank.R1>(risks, [rows.length])
    // Subtracted from all, so that no exponential overflows; it changes neither loss nor gradient.
    const most = tf.max(column)
    const sums = tf.cumsum(tf.exp(tf.sub(column, most)))
    const atRisk = tf.add(tf.log(tf.maximum(sums, LEAST_SUM)), most)
    return tf.sub(
      tf.sum(tf.mul(atRisk, tf.tensor1d(upTo))),
      tf.sum(tf.mul(column, tf.tensor1d(own))),
    )
  }
}

/** Per row, as shares of all events: whether it is one (`own`), and how many have it as the last of those at risk (`upTo`). */
function eventShares(rows: Uint32Array, times: Float64Array, observed: Uint8Array) {
  const events = rows.reduce((sum, row) => sum + (observed[row] as number), 0)
  const own = Float32Array.from(rows, (row) => (observed[row] === 1 ? 1 / events : 0))
  const upTo = new Float32Array(rows.length)
  let tied = 0
  rows.forEach((row, i) => {
    tied += own[i] as number
    const next = rows[i + 1]
    if (next !== undefined && times[next] === times[row]) return
    upTo[i] = tied
    tied = 0
  })
  return { own, upTo }
}
