import type { Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { checkFeatures, checkTokens, checkWeights } from './models/check-model-input.ts'
import { loadModel } from './models/loaded-model.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { featureTensor, rowBatches } from './models/row-batches.ts'
import { sliceFeatures } from './slice-features.ts'
import type { Features, StreamedFeatures } from './types.ts'

/** What a model gave for some rows that follow each other. */
export type BatchOutputs = {
  /** The first of them. */
  readonly start: number
  /** Valid until the next batch. */
  readonly rows: Features
  /** [rows, outputs]; of a classifier its logits. */
  readonly outputs: Float32Array
}

/**
 * Runs a model over all rows in batches, on the current back end; only a batch of what is in a file is in memory.
 * @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT. @throws {UserError} DATA_DISK_FAILED of rows in a file.
 */
export function runBatches(
  plan: ModelPlan,
  of: { readonly weights: Weights; readonly rows: Features | StreamedFeatures },
  take: (batch: BatchOutputs) => void,
): void {
  const { weights, rows } = of
  checkWeights(plan, weights)
  checkFeatures(plan, rows)
  tf.tidy(() => {
    const model = loadModel(plan, weights.values)
    for (const range of rowBatches(plan, rows.count))
      tf.tidy(() => {
        const part = sliceFeatures(rows, range)
        if ('file' in rows) checkTokens(plan, part.features)
        const batch = model.run(featureTensor(part))
        take({ start: range.start, rows: part, outputs: batch.dataSync<'float32'>() })
      })
  })
}

/** Outputs [count, outputs] of a model for all rows. @throws as runBatches. */
export function runModel(
  plan: ModelPlan,
  weights: Weights,
  rows: Features | StreamedFeatures,
): Float32Array {
  const all = new Float32Array(rows.count * plan.outputs)
  runBatches(plan, { weights, rows }, ({ start, outputs }) =>
    all.set(outputs, start * plan.outputs),
  )
  return all
}
