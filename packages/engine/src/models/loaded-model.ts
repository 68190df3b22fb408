import * as tf from '@tensorflow/tfjs-core'
import { fullWeights } from './full-weights.ts'
import { loadTensors } from './layers/layer-tensors.ts'
import { runLayers } from './layers/run-layers.ts'
import type { ModelPlan } from './model-plan.ts'
import { disposeStack, loadStack, runStack } from './stack-forward.ts'

/** A model with its weights on the back end that it was loaded on. */
export type LoadedModel = {
  /** Outputs [rows, outputs] for rows [rows, inputs], of a classifier its logits; Dropout lets everything pass. */
  run(rows: tf.Tensor2D): tf.Tensor2D
  dispose(): void
}

/** Copies a model's weights, given in the order of the plan, to the current back end. */
export function loadModel(plan: ModelPlan, values: Float32Array): LoadedModel {
  const { stack, layers, featureShape } = plan
  const full = fullWeights(plan, values)
  if (stack !== undefined) {
    const loaded = loadStack(stack, full)
    return { run: (rows) => runStack(loaded, rows), dispose: () => disposeStack(loaded) }
  }
  const planned = layers.flatMap((layer) => layer.tensors)
  const tensors = loadTensors(planned, full)
  return {
    run: (rows) => {
      const shaped = tf.reshape(rows, [rows.shape[0], ...featureShape])
      // The last layer is Dense: one row of outputs a row.
      return runLayers(layers, { tensors }, shaped) as tf.Tensor2D
    },
    dispose: () => tf.dispose(tensors),
  }
}
