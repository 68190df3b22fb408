import '@tensorflow/tfjs-backend-wasm'
import type { Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import type { Dataset, ModelSpec } from '../../src/types.ts'

/** A model as users of TensorFlow.js build and train it: tfjs-layers, tf.train.sgd, model.fit. */
export type StockModel = {
  /** One call of model.fit, without shuffling. */
  fit(plan: { readonly batchSize: number; readonly epochs: number }): Promise<void>
  weights(): Float32Array
  dispose(): void
}

/** Builds the stock model on the current back end with the given weights and data. */
export function createStockModel(
  model: ModelSpec,
  start: { readonly weights: Weights; readonly data: Dataset; readonly learningRate: number },
): StockModel {
  const { weights, data, learningRate } = start
  const width = data.features.length / data.count
  const stock = layers.sequential()
  model.topology.layers.forEach((layer) => {
    if (layer.className !== 'Dense') return
    const input = stock.layers.length === 0 ? { inputShape: [width] } : {}
    stock.add(layers.layers.dense({ ...layer.config, ...input }))
  })
  stock.compile({ optimizer: tf.train.sgd(learningRate), loss: 'categoricalCrossentropy' })
  stock.setWeights(toTensors(weights))
  const scaled = Float32Array.from(data.features, (value) => value * data.featureScale)
  const features = tf.tensor2d(scaled, [data.count, width])
  const labels = tf.oneHot(tf.tensor1d(data.labels, 'int32'), data.classes)
  return {
    async fit(plan) {
      await stock.fit(features, labels, { ...plan, shuffle: false, verbose: 0 })
    },
    weights: () =>
      Float32Array.from(stock.getWeights().flatMap((tensor) => [...tensor.dataSync()])),
    dispose: () => tf.disposeVariables(),
  }
}

function toTensors({ specs, values }: Weights): tf.Tensor[] {
  let offset = 0
  return specs.map(({ shape }) => {
    const size = shape.reduce((product, length) => product * length, 1)
    offset += size
    return tf.tensor(values.slice(offset - size, offset), [...shape])
  })
}
