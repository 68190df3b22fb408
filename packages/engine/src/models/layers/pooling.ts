import * as tf from '@tensorflow/tfjs-core'
import type { PlanOf } from '../layer-plan.ts'

type Pooling = PlanOf<'MaxPooling1D' | 'AveragePooling1D' | 'MaxPooling2D' | 'AveragePooling2D'>
type GlobalPooling = PlanOf<
  'GlobalAveragePooling1D' | 'GlobalMaxPooling1D' | 'GlobalAveragePooling2D' | 'GlobalMaxPooling2D'
>

/** Maximum or mean of windows that do not overlap, of images or, in one dimension, of sequences [rows, steps, channels]. */
export function runPooling({ spec }: Pooling, values: tf.Tensor): tf.Tensor {
  const { className, config } = spec
  const pool = className.startsWith('Max') ? tf.maxPool : tf.avgPool
  const { poolSize } = config
  if (className.endsWith('2D')) return pool(values as tf.Tensor4D, poolSize, poolSize, 'valid')
  const window: [number, number] = [poolSize, 1]
  return tf.squeeze(pool(tf.expandDims<tf.Tensor4D>(values, 2), window, window, 'valid'), [2])
}

/** Maximum or mean over all but rows and channels: [rows, channels]. */
export function runGlobalPooling({ spec }: GlobalPooling, values: tf.Tensor): tf.Tensor {
  const inner = values.shape.map((_, axis) => axis).slice(1, -1)
  return spec.className.startsWith('GlobalMax') ? tf.max(values, inner) : tf.mean(values, inner)
}
