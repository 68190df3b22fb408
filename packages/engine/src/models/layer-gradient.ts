import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '../types.ts'
import { createAssembly } from './assembly.ts'
import { createDropoutMasks } from './dropout-masks.ts'
import { runLayers } from './layers/run-layers.ts'
import type { Gradient, GradientBatch, GradientWork } from './loss-gradient.ts'
import { batchLoss } from './losses/batch-loss.ts'
import { latestFirst } from './losses/risk-loss.ts'
import { rowTensor } from './row-tensor.ts'

/** The gradient of any model by reverse-mode automatic differentiation (tf.valueAndGrads), for which loadGradients() has to be called first. */
export function createLayerGradient(work: GradientWork): Gradient {
  const { model, seed, classWeights, read } = work
  const { layers, objective } = model
  const assembly = createAssembly(model)
  const masksFor = createDropoutMasks(layers, seed)
  return {
    of(weights, batch) {
      const { value: loss, grads: gradients } = tf.tidy(() => {
        const { data } = batch
        const rows = ordered(data, batch.rows)
        const inputs = rowTensor(data, rows, model.featureShape)
        const masks = masksFor(rows.length, batch)
        const lossOf = batchLoss(objective, { data, rows, inputs, classWeights })
        return tf.valueAndGrads((...tensors: tf.Tensor[]) => {
          const state = { tensors: assembly.assemble(tensors), masks }
          // The last layer is Dense.
          return shareOf(lossOf(runLayers(layers, state, inputs) as tf.Tensor2D), batch)
        })([...weights])
      })
      return {
        gradients,
        async readLoss() {
          const [value] = await read(loss)
          loss.dispose()
          return value as number
        },
      }
    },
    dispose: () => assembly.dispose(),
  }
}

/** The loss of risks wants a batch latest first; no other depends on the order. */
function ordered({ targets }: Dataset, rows: Uint32Array): Uint32Array {
  return targets.kind === 'risk' ? latestFirst(rows, targets.times) : rows
}

/** What the mean over a shard is of the mean over its batch. */
function shareOf(loss: tf.Scalar, { rows, batchRows }: GradientBatch): tf.Scalar {
  return rows.length === batchRows ? loss : tf.mul(loss, rows.length / batchRows)
}
