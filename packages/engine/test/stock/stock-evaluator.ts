import '@tensorflow/tfjs-backend-wasm'
import type { ModelSpec } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { targetsOf } from '../../src/targets.ts'
import type { Dataset } from '../../src/types.ts'
import { stockSequential } from './stock-sequential.ts'

/** Evaluates models one after the other as users of TensorFlow.js do: tfjs-layers, setWeights, predict. */
export type StockEvaluator = {
  evaluate(values: Float32Array): { readonly accuracy: number; readonly loss: number }
}

/** Builds the stock model on the current back end; features and labels are on it from the start. */
export function createStockEvaluator(
  model: ModelSpec,
  options: { readonly data: Dataset; readonly batchSize: number },
): StockEvaluator {
  const { data, batchSize } = options
  const stock = stockSequential(model)
  const scaled = Float32Array.from(data.features, (value) => value * data.featureScale)
  const features = tf.tensor(scaled, [data.count, ...model.featureShape])
  const classes = targetsOf(data, 'classes')
  const labels = tf.tensor1d(classes.labels, 'int32')
  const targets = tf.oneHot(labels, classes.classes)
  return {
    evaluate: (values) =>
      tf.tidy(() => {
        stock.setWeights(tensorsOf(stock, values))
        // One input gives one output.
        const predicted = stock.predict(features, { batchSize }) as tf.Tensor2D
        const hits = tf.equal(tf.argMax(predicted, 1), labels)
        const losses = layers.metrics.categoricalCrossentropy(targets, predicted)
        return {
          accuracy: tf.mean(tf.cast(hits, 'float32')).dataSync()[0] ?? Number.NaN,
          loss: tf.mean(losses).dataSync()[0] ?? Number.NaN,
        }
      }),
  }
}

function tensorsOf(stock: layers.Sequential, values: Float32Array): tf.Tensor[] {
  let offset = 0
  return stock.getWeights().map(({ shape, size }) => {
    offset += size
    return tf.tensor(values.slice(offset - size, offset), shape)
  })
}
