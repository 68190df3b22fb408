import * as tf from '@tensorflow/tfjs-core'
import { activateBackend } from '../backends/start-backend.ts'
import type { BatchGradients } from '../shards/batch-gradients.ts'
import { fromTransposed, toTransposed } from './augmented-weights.ts'
import { createStepTerms } from './client-terms.ts'
import type { DenseLayers } from './stack-gradient.ts'
import type { Trainer, TrainingWork } from './trainer.ts'

/**
 * Plain SGD on the mean cross-entropy of a stack of Dense layers, with the gradients of createStackGradient, which are steps already; a
 * strategy's terms are added to the clipped step.
 */
export function createStackTrainer(
  layers: DenseLayers,
  work: TrainingWork,
  batches: BatchGradients,
): Trainer {
  const { backend, values, plan, proximal, correction } = work
  let weights = toTensors(layers, values)
  const terms = createStepTerms(weights, {
    rate: plan.learningRate,
    proximal,
    corrections: correction && toTensors(layers, correction),
  })
  let step = 0
  return {
    async step(rows, data) {
      step++
      const before = weights
      const { gradients, readLoss } = await batches.of(before, { rows, data, step })
      activateBackend(backend)
      weights = tf.tidy(() => {
        const all = terms.addTo(clip(gradients, plan), before)
        return before.map((tensor, i) => tf.sub<tf.Tensor2D>(tensor, all[i] as tf.Tensor))
      })
      tf.dispose([...before, ...gradients])
      return readLoss()
    },
    async weights() {
      const copy = new Float32Array(values.length)
      layers.forEach((layer, i) => {
        fromTransposed(layer, (weights[i] as tf.Tensor2D).dataSync<'float32'>(), copy)
      })
      return copy
    },
    dispose() {
      tf.dispose(weights)
      weights = []
      terms.dispose()
      batches.dispose()
    },
  }
}

function toTensors(layers: DenseLayers, values: Float32Array): tf.Tensor2D[] {
  return layers.map((layer) => toTransposed(layer, values))
}

function clip(
  steps: readonly tf.Tensor[],
  { clipNorm, learningRate }: TrainingWork['plan'],
): readonly tf.Tensor[] {
  if (clipNorm === undefined) return steps
  const norm = l2Norm(steps) / learningRate
  return norm <= clipNorm ? steps : steps.map((step) => tf.mul(step, clipNorm / norm))
}

/** L2 norm over all tensors together, in f64. */
function l2Norm(tensors: readonly tf.Tensor[]): number {
  let sum = 0
  for (const tensor of tensors)
    for (const value of tensor.dataSync<'float32'>()) sum += value * value
  return Math.sqrt(sum)
}
