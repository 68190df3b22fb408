import '@tensorflow/tfjs-backend-wasm'
import type { ModelSpec, Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import type { Dataset } from '../../src/types.ts'
import { stockSequential } from './stock-sequential.ts'

/** A model as users of TensorFlow.js build and train it: tfjs-layers, tf.train.sgd, model.fit. */
export type StockModel = {
  /** One call of model.fit, without shuffling. */
  fit(plan: { readonly batchSize: number; readonly epochs: number }): Promise<void>
  weights(): Float32Array
  /** What predict gives for all rows, row-major. */
  outputs(): Float32Array
  dispose(): void
}

/** Builds the stock model on the current back end with the given weights and data. */
export function createStockModel(
  model: ModelSpec,
  start: { readonly weights: Weights; readonly data: Dataset; readonly optimizer: tf.Optimizer },
): StockModel {
  const { weights, data, optimizer } = start
  const stock = stockSequential(model)
  stock.compile({ optimizer, loss: lossOf(model.objective) })
  stock.setWeights(toTensors(weights))
  const scaled = Float32Array.from(data.features, (value) => value * data.featureScale)
  const features = tf.tensor(scaled, [data.count, ...model.featureShape])
  const targets = targetTensor(data, features)
  return {
    outputs: () => {
      // One input gives one output.
      const outputs = stock.predict(features, { batchSize: data.count }) as tf.Tensor
      return outputs.dataSync<'float32'>()
    },
    async fit(plan) {
      await stock.fit(features, targets, { ...plan, shuffle: false, verbose: 0 })
    },
    weights: () =>
      Float32Array.from(stock.getWeights().flatMap((tensor) => [...tensor.dataSync()])),
    dispose: () => tf.disposeVariables(),
  }
}

function lossOf(objective: ModelSpec['objective']): string {
  if (objective.kind === 'classes') return 'categoricalCrossentropy'
  return objective.kind === 'value' && objective.loss === 'mae'
    ? 'meanAbsoluteError'
    : 'meanSquaredError'
}

function targetTensor({ targets, count }: Dataset, features: tf.Tensor): tf.Tensor {
  if (targets.kind === 'classes')
    return tf.oneHot(tf.tensor1d(targets.labels, 'int32'), targets.classes)
  if (targets.kind === 'value') return tf.tensor2d(targets.values, [count, 1])
  return tf.reshape(features, [count, -1])
}

function toTensors({ specs, values }: Weights): tf.Tensor[] {
  let offset = 0
  return specs.map(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1)
    offset += size
    return tf.tensor(values.slice(offset - size, offset), [...shape])
  })
}
