import type { Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { EngineError } from './errors.ts'
import { checkDataset, checkWeights } from './models/check-model-input.ts'
import { layerTensors, logitsFromFirst, preActivations } from './models/forward.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { featureTensor, type RowRange, rowBatches } from './models/row-batches.ts'
import { countCorrect, softmaxLoss } from './softmax-loss.ts'
import type { Dataset, Evaluation } from './types.ts'

/**
 * Accuracy and mean cross-entropy of a model over all rows, in batches, on the current back end. Sums run in f64 in row order.
 * @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT; NOT_FINITE when the loss is NaN or infinite.
 */
export function evaluateModel(plan: ModelPlan, weights: Weights, data: Dataset): Evaluation {
  checkWeights(plan, weights)
  checkDataset(plan, data)
  return tf.tidy(() => {
    const [first] = plan.layers
    const bottom = layerTensors(first, weights.values)
    const above = plan.layers.slice(1).map((layer) => layerTensors(layer, weights.values))
    return evaluateRows(plan, data, (range) =>
      logitsFromFirst(plan, above, preActivations(bottom, featureTensor(data, range))),
    )
  })
}

/** Evaluates logits [rows, classes] that `toLogits` makes for one batch of rows after the other; see evaluateModel. */
export function evaluateRows(
  plan: ModelPlan,
  data: Dataset,
  toLogits: (range: RowRange, batch: number) => tf.Tensor2D,
): Evaluation {
  let loss = 0
  let correct = 0
  batchesOf(plan, data).forEach((range, i) => {
    const tensor = tf.tidy(() => toLogits(range, i))
    const batch = {
      // Read outside of tidy, which looks for tensors in every element of what it returns.
      logits: tensor.dataSync<'float32'>(),
      labels: data.labels.subarray(range.start, range.end),
      classes: plan.classes,
      rowStride: plan.classes,
      classStride: 1,
    }
    tensor.dispose()
    loss += softmaxLoss(batch)
    correct += countCorrect(batch)
  })
  if (!Number.isFinite(loss))
    throw new EngineError(`The evaluation loss is ${loss}`, {
      code: 'NOT_FINITE',
      what: 'evaluation loss',
    })
  return { accuracy: correct / data.count, loss: loss / data.count }
}

/** The batches in which a data set is evaluated; the same for every model of one shape. */
export function batchesOf(plan: ModelPlan, data: Dataset): RowRange[] {
  const widest = Math.max(plan.inputs, ...plan.layers.map((layer) => layer.units))
  return rowBatches(data.count, widest)
}
