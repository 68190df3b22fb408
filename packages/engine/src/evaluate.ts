import type { Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { scoreLogits } from './metrics/score-logits.ts'
import { checkDataset, checkWeights } from './models/check-model-input.ts'
import { loadModel, logitsOf } from './models/forward.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { featureTensor, rowBatches } from './models/row-batches.ts'
import type { Dataset, Evaluation, Scoring } from './types.ts'

/** What models of one shape are evaluated on, and how. */
export type EvaluationTask = {
  readonly plan: ModelPlan
  readonly data: Dataset
  readonly scoring: Scoring
}

/**
 * Evaluates a model over all rows, in batches, on the current back end.
 * @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT; NOT_FINITE when the loss is NaN or infinite.
 */
export function evaluateModel(weights: Weights, task: EvaluationTask): Evaluation {
  const { plan, data, scoring } = task
  checkWeights(plan, weights)
  checkDataset(plan, data)
  const logits = new Float32Array(data.count * plan.classes)
  tf.tidy(() => {
    const model = loadModel(plan, weights.values)
    for (const range of rowBatches(plan, data.count))
      tf.tidy(() => {
        const batch = logitsOf(model, featureTensor(data, range))
        logits.set(batch.dataSync<'float32'>(), range.start * plan.classes)
      })
  })
  return scoreLogits({ logits, labels: data.labels, classes: plan.classes }, scoring)
}
