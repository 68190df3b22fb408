import * as tf from '@tensorflow/tfjs-core'
import { activate } from '../models/activation.ts'
import type { ModelPlan } from '../models/model-plan.ts'
import { featureTensor, type RowRange } from '../models/row-batches.ts'
import { loadLayer, preActivations } from '../models/stack-forward.ts'
import type { DensePlan, StackPlan } from '../models/stack-plan.ts'
import { sliceFeatures } from '../slice-features.ts'
import type { Features } from '../types.ts'
import { baseCoefficient, type Terms } from './combine-weights.ts'

/** Pre-activations of the first layer that may be kept. On wasm XNNPACK keeps a second, packed copy. */
const MAX_SUMS_BYTES = 134_217_728
const FLOAT_BYTES = 4

/** First-layer pre-activations of the incoming model and of all updates: one tensor [1 + updates, rows * units] per batch of rows. */
export type FirstLayerSums = readonly tf.Tensor2D[]

/**
 * Whether keeping the sums of `rows` rows pays: they fit, and a row has more features than there are terms to combine. Depends on the whole
 * data set, never on how its rows are shared among threads: both ways round differently.
 */
export function keepsFirstLayerSums(plan: ModelPlan, rows: number, updates: number): boolean {
  const { stack } = plan
  // Adapters are no linear function of what is combined.
  if (stack === undefined || plan.adaptation !== undefined) return false
  // A convolution's sums are larger than its weights are costly: combining them takes longer than convolving.
  if (stack.spatial.length > 0) return false
  const terms = updates + 1
  const bytes = terms * rows * stack.dense[0].units * FLOAT_BYTES
  return bytes <= MAX_SUMS_BYTES && plan.inputs > terms
}

/** X(sum_i c_i W_i) = sum_i c_i (X W_i): the first layer, where nearly all multiplications are, is computed once per model. */
export function firstLayerSums(
  batches: readonly RowRange[],
  of: { readonly stack: StackPlan; readonly terms: Terms; readonly data: Features },
): FirstLayerSums {
  const { stack, terms, data } = of
  return tf.tidy(() => {
    const layers = [terms.base, ...terms.updates].map((values) => loadLayer(stack.dense[0], values))
    return batches.map((range) =>
      tf.tidy(() => {
        const features = featureTensor(sliceFeatures(data, range))
        const flat = layers.map((layer) => tf.reshape(preActivations(layer, features), [1, -1]))
        return tf.concat(flat) as tf.Tensor2D
      }),
    )
  })
}

/**
 * Activations [rows, units] of the first layer of base + sum_i c_i (x_i - base). The sums are the right operand of a product, which XNNPACK
 * packs only once.
 */
export function combineSums(
  first: DensePlan,
  sums: tf.Tensor2D,
  coefficients: Float64Array,
): tf.Tensor2D {
  const row = Float32Array.of(baseCoefficient(coefficients), ...coefficients)
  const isRelu = first.activation === 'relu'
  const combined = tf.fused.matMul({
    a: tf.tensor2d(row, [1, row.length]),
    b: sums,
    activation: isRelu ? 'relu' : 'linear',
  })
  const rows = tf.reshape<tf.Rank.R2>(combined, [-1, first.units])
  return isRelu ? rows : activate(first.activation, rows)
}
