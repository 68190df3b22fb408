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

/** Scaled features of a range of rows, [rows, features], on the current back end. */
export function featureTensor(data: Features, { start, end }: RowRange): tf.Tensor2D {
  const width = data.features.length / data.count
  const part = data.features.subarray(start * width, end * width)
  if (part instanceof Float32Array && data.featureScale === 1)
    return tf.tensor2d(part, [end - start, width])
  const scaled = new Float32Array(part.length)
  // Float32Array.from with a function is ten times slower.
  for (let i = 0; i < scaled.length; i++) scaled[i] = (part[i] as number) * data.featureScale
  return tf.tensor2d(scaled, [end - start, width])
}
