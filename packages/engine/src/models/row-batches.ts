import * as tf from '@tensorflow/tfjs-core'
import type { Features } from '../types.ts'
import { layerWidth } from './layer-width.ts'
import type { ModelPlan } from './model-plan.ts'

/** Rows start to end - 1 of a data set. */
export type RowRange = { readonly start: number; readonly end: number }

/** Bytes that the widest activation of one evaluation batch may take as float32. */
const BATCH_BYTES = 8_388_608
const FLOAT_BYTES = 4

/** Splits `count` rows so that a batch of the widest activations of a model stays within 8 MiB. */
export function rowBatches(plan: ModelPlan, count: number): RowRange[] {
  const widest = Math.max(plan.inputs, ...plan.layers.map(layerWidth))
  const size = Math.max(1, Math.floor(BATCH_BYTES / (widest * FLOAT_BYTES)))
  const batches: RowRange[] = []
  for (let start = 0; start < count; start += size)
    batches.push({ start, end: Math.min(count, start + size) })
  return batches
}

/** Scaled features of all rows given, [rows, features], on the current back end. */
export function featureTensor({ features, featureScale, count }: Features): tf.Tensor2D {
  const width = features.length / count
  if (features instanceof Float32Array && featureScale === 1)
    return tf.tensor2d(features, [count, width])
  const scaled = new Float32Array(features.length)
  // Float32Array.from with a function is ten times slower.
  for (let i = 0; i < scaled.length; i++) scaled[i] = (features[i] as number) * featureScale
  return tf.tensor2d(scaled, [count, width])
}
