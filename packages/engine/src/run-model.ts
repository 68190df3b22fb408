import type { Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { checkFeatures, checkWeights } from './models/check-model-input.ts'
import { loadModel } from './models/loaded-model.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { featureTensor, rowBatches } from './models/row-batches.ts'
import type { Features } from './types.ts'

/**
 * Outputs [count, outputs] of a model for all rows, of a classifier its logits: in batches, on the current back end.
 * @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT.
 */
export function runModel(plan: ModelPlan, weights: Weights, rows: Features): Float32Array {
  checkWeights(plan, weights)
  checkFeatures(plan, rows)
  const outputs = new Float32Array(rows.count * plan.outputs)
  tf.tidy(() => {
    const model = loadModel(plan, weights.values)
    for (const range of rowBatches(plan, rows.count))
      tf.tidy(() => {
        const batch = model.run(featureTensor(rows, range))
        outputs.set(batch.dataSync<'float32'>(), range.start * plan.outputs)
      })
  })
  return outputs
}
