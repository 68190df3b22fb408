import * as tf from '@tensorflow/tfjs-core'
import * as layers from '@tensorflow/tfjs-layers'
import { createRandom } from '../../src/random.ts'

/** A model as tfjs-layers builds it, with rows to train it on. */
export type BenchModel = {
  readonly build: () => layers.Sequential
  readonly inputShape: readonly number[]
  /** Classes, or 0 for one number. */
  readonly classes: number
  readonly batch: number
  /** On the cpu back end, which would take minutes for a batch and is no slower per row on few rows. @default batch */
  readonly cpuBatch?: number
}

const { conv1d, conv2d, dense, flatten, globalAveragePooling1d, lstm, maxPooling1d, maxPooling2d } =
  layers.layers
const relu = { activation: 'relu' } as const

const TWO_NN = {
  build: () =>
    layers.sequential({
      layers: [
        dense({ units: 200, ...relu, inputShape: [784] }),
        dense({ units: 200, ...relu }),
        dense({ units: 10, activation: 'softmax' }),
      ],
    }),
  inputShape: [784],
  classes: 10,
}

const CNN = {
  build: () =>
    layers.sequential({
      layers: [
        conv2d({ filters: 32, kernelSize: 5, padding: 'same', ...relu, inputShape: [28, 28, 1] }),
        maxPooling2d({ poolSize: 2 }),
        conv2d({ filters: 64, kernelSize: 5, padding: 'same', ...relu }),
        maxPooling2d({ poolSize: 2 }),
        flatten(),
        dense({ units: 512, ...relu }),
        dense({ units: 10, activation: 'softmax' }),
      ],
    }),
  inputShape: [28, 28, 1],
  classes: 10,
}

/**
 * What bench/train.ts trains: 2NN and CNN of McMahan et al. 2017 (199,210 and 1,663,370 weights), a convolution over six channels of 128
 * moments (13,030), an LSTM over a day of eight values an hour (5,281), and a perceptron of 10,092,810 weights.
 */
export const BENCH_MODELS: Readonly<Record<string, BenchModel>> = {
  '2nn': { ...TWO_NN, batch: 64 },
  '2nn-batch-10': { ...TWO_NN, batch: 10 },
  cnn: { ...CNN, batch: 64, cpuBatch: 2 },
  'cnn-batch-10': { ...CNN, batch: 10, cpuBatch: 2 },
  'cnn-1d': {
    build: () =>
      layers.sequential({
        layers: [
          conv1d({ filters: 32, kernelSize: 5, ...relu, inputShape: [128, 6] }),
          maxPooling1d({ poolSize: 2 }),
          conv1d({ filters: 64, kernelSize: 5, ...relu }),
          globalAveragePooling1d(),
          dense({ units: 6, activation: 'softmax' }),
        ],
      }),
    ...{ inputShape: [128, 6], classes: 6, batch: 64, cpuBatch: 8 },
  },
  lstm: {
    build: () =>
      layers.sequential({
        layers: [
          lstm({ units: 32, recurrentInitializer: 'glorotUniform', inputShape: [24, 8] }),
          dense({ units: 1 }),
        ],
      }),
    ...{ inputShape: [24, 8], classes: 0, batch: 64 },
  },
  'mlp-10m': {
    build: () =>
      layers.sequential({
        layers: [
          dense({ units: 2_400, ...relu, inputShape: [1_000] }),
          dense({ units: 2_400, ...relu }),
          dense({ units: 800, ...relu }),
          dense({ units: 10, activation: 'softmax' }),
        ],
      }),
    ...{ inputShape: [1_000], classes: 10, batch: 64, cpuBatch: 16 },
  },
}

/** So many random rows on the current back end. */
export function randomBatch({ inputShape, classes }: BenchModel, batch: number) {
  const random = createRandom(1)
  const size = inputShape.reduce((product, length) => product * length, batch)
  const values = Float32Array.from({ length: size }, () => 2 * random.uniform() - 1)
  const labels = Int32Array.from({ length: batch }, () => random.below(Math.max(1, classes)))
  return {
    x: tf.tensor(values, [batch, ...inputShape]),
    y:
      classes === 0
        ? tf.tensor(values.subarray(0, batch), [batch, 1])
        : tf.oneHot(tf.tensor1d(labels, 'int32'), classes),
  }
}
