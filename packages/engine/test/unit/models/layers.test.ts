import type { LayerSpec, ModelSpec } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import { createRandom } from '../../../src/random.ts'
import type { BackendName, Dataset, Engine } from '../../../src/types.ts'
import { createStockModel } from '../../stock/stock-model.ts'
import { conv, dense, FLATTEN, pool } from '../fixtures.ts'

const ROWS = 12
const LEARNING_RATE = 0.1

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

const depthwise = (config: object): LayerSpec =>
  ({ className: 'DepthwiseConv2D', config }) as LayerSpec
const conv1d = (config: object): LayerSpec => ({ className: 'Conv1D', config }) as LayerSpec
const plain = (className: string, config: object = {}): LayerSpec =>
  ({ className, config }) as LayerSpec

const IMAGE = [6, 5, 3]
const SERIES = [7, 3]
const MODELS: readonly [name: string, shape: readonly number[], layers: readonly LayerSpec[]][] = [
  [
    'Dense of every activation',
    [5],
    ['elu', 'softplus', 'gelu', 'relu', 'tanh', 'sigmoid', 'linear'].map((activation) =>
      dense(4, activation as 'relu'),
    ),
  ],
  ['Reshape', [6], [plain('Reshape', { targetShape: [3, 2] }), FLATTEN]],
  ['LayerNormalization', [5], [dense(6, 'tanh'), plain('LayerNormalization', { epsilon: 0.01 })]],
  ['LayerNormalization of images', IMAGE, [plain('LayerNormalization'), FLATTEN]],
  ['Conv2D', IMAGE, [conv(4, 3, { activation: 'softplus', strides: 2, padding: 'same' }), FLATTEN]],
  ['Conv2D without bias', IMAGE, [conv(4, 2, { useBias: false, activation: 'elu' }), FLATTEN]],
  [
    'DepthwiseConv2D',
    IMAGE,
    [depthwise({ kernelSize: 3, depthMultiplier: 2, activation: 'tanh' }), FLATTEN],
  ],
  [
    'DepthwiseConv2D with strides',
    IMAGE,
    [depthwise({ kernelSize: 2, strides: 2, padding: 'same', useBias: false }), FLATTEN],
  ],
  ['Conv1D', SERIES, [conv1d({ filters: 4, kernelSize: 3, activation: 'gelu' }), FLATTEN]],
  [
    'Conv1D with strides',
    SERIES,
    [conv1d({ filters: 2, kernelSize: 2, strides: 2, padding: 'same' }), FLATTEN],
  ],
  ['MaxPooling2D', IMAGE, [conv(3, 2, { activation: 'gelu' }), pool(2), FLATTEN]],
  ['AveragePooling2D', IMAGE, [conv(3, 2), plain('AveragePooling2D', { poolSize: 2 }), FLATTEN]],
  [
    'MaxPooling1D',
    SERIES,
    [conv1d({ filters: 4, kernelSize: 2 }), plain('MaxPooling1D', { poolSize: 2 }), FLATTEN],
  ],
  [
    'AveragePooling1D',
    SERIES,
    [conv1d({ filters: 4, kernelSize: 2 }), plain('AveragePooling1D', { poolSize: 3 }), FLATTEN],
  ],
  [
    'GlobalAveragePooling1D',
    SERIES,
    [conv1d({ filters: 4, kernelSize: 2 }), plain('GlobalAveragePooling1D')],
  ],
  [
    'GlobalMaxPooling1D',
    SERIES,
    [conv1d({ filters: 4, kernelSize: 2 }), plain('GlobalMaxPooling1D')],
  ],
  ['GlobalAveragePooling2D', IMAGE, [conv(4, 2), plain('GlobalAveragePooling2D')]],
  ['GlobalMaxPooling2D', IMAGE, [conv(4, 2), plain('GlobalMaxPooling2D')]],
  ['LSTM', SERIES, [plain('LSTM', { units: 4 })]],
  [
    'LSTM of LSTM',
    SERIES,
    [plain('LSTM', { units: 4, returnSequences: true }), plain('LSTM', { units: 3 })],
  ],
  ['GRU', SERIES, [plain('GRU', { units: 4 })]],
  [
    'GRU of GRU',
    SERIES,
    [plain('GRU', { units: 3, returnSequences: true }), plain('GRU', { units: 4 })],
  ],
]

function regression(shape: readonly number[], layers: readonly LayerSpec[]): ModelSpec {
  return {
    topology: { className: 'Sequential', layers: [...layers, dense(1, 'linear')] },
    featureShape: shape,
    objective: { kind: 'value', loss: 'mse' },
  }
}

function randomRows(shape: readonly number[], draw: () => number): Dataset {
  const width = shape.reduce((product, length) => product * length, 1)
  return {
    count: ROWS,
    featureShape: shape,
    features: Float32Array.from({ length: ROWS * width }, draw),
    featureScale: 1,
    targets: {
      kind: 'value',
      values: Float32Array.from({ length: ROWS }, (_, row) => Math.sin(row)),
      scale: { mean: 0, deviation: 1 },
    },
  }
}

/** Weights none of which is 0, so that no gradient is. */
function startOf(engine: Engine, model: ModelSpec) {
  const { specs, values } = engine.initialWeights(model, 3)
  return { specs, values: values.map((value, i) => value + 0.1 * Math.sin(i)) }
}

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>): void {
  expect(actual).toHaveLength(expected.length)
  const largest = Array.from(actual, (value, i) => Math.abs(value - (expected[i] as number)))
  expect(Math.max(...largest)).toBeLessThan(1e-5)
}

const random = createRandom(5)
const uniform = () => 2 * random.uniform() - 1
const EMBEDDED = regression(
  [6],
  [plain('Embedding', { inputDim: 9, outputDim: 4 }), plain('GlobalAveragePooling1D')],
)

describe.each(['cpu', 'wasm'] as const)('layers on %s', (backend) => {
  it.each(MODELS)('%s gives what stock TensorFlow.js gives', (_, shape, layers) => {
    const model = regression(shape, layers)
    const data = randomRows(shape, uniform)
    const weights = startOf(engines[backend], model)
    const before = tf.memory().numTensors
    const actual = engines[backend].predict(model, weights, data)
    expect(tf.memory().numTensors).toBe(before)
    const stock = createStockModel(model, { weights, data, optimizer: tf.train.sgd(1) })
    expectClose(actual, stock.outputs())
    stock.dispose()
  })

  it('Embedding gives what stock TensorFlow.js gives', () => {
    const data = randomRows([6], () => random.below(9))
    const weights = startOf(engines[backend], EMBEDDED)
    const stock = createStockModel(EMBEDDED, { weights, data, optimizer: tf.train.sgd(1) })
    expectClose(engines[backend].predict(EMBEDDED, weights, data), stock.outputs())
    stock.dispose()
  })

  it('Embedding gives token 0 the vector 0 with maskZero', () => {
    const masked = regression(
      [6],
      [
        plain('Embedding', { inputDim: 9, outputDim: 4, maskZero: true }),
        plain('GlobalAveragePooling1D'),
      ],
    )
    const data = randomRows([6], () => random.below(3))
    const weights = startOf(engines[backend], masked)
    const zeroed = { ...weights, values: weights.values.slice().fill(0, 0, 4) }
    const actual = engines[backend].predict(masked, weights, data)
    expectClose(actual, engines[backend].predict(EMBEDDED, zeroed, data))
  })
})

describe.each(['cpu', 'wasm'] as const)('training of layers on %s', (backend) => {
  const plan = {
    optimizer: 'sgd',
    learningRate: LEARNING_RATE,
    batchSize: ROWS,
    epochs: 2,
  } as const

  async function expectStockSteps(model: ModelSpec, data: Dataset): Promise<void> {
    const engine = engines[backend]
    const start = startOf(engine, model)
    const before = tf.memory().numTensors
    const { weights } = await engine.train(model, start, data, { plan, seed: 1 })
    expect(tf.memory().numTensors).toBe(before)
    const optimizer = tf.train.sgd(LEARNING_RATE)
    const stock = createStockModel(model, { weights: start, data, optimizer })
    await stock.fit({ batchSize: ROWS, epochs: 2 })
    expectClose(weights.values, stock.weights())
    stock.dispose()
  }

  it.each(MODELS)('%s takes the steps of stock TensorFlow.js', async (_, shape, layers) => {
    await expectStockSteps(regression(shape, layers), randomRows(shape, uniform))
  })

  it('Embedding takes the steps of stock TensorFlow.js', async () => {
    await expectStockSteps(
      EMBEDDED,
      randomRows([6], () => random.below(9)),
    )
  })

  it('refuses token ids that an Embedding does not have', async () => {
    const engine = engines[backend]
    const start = startOf(engine, EMBEDDED)
    for (const token of [-1, 9, 0.5, Number.NaN]) {
      const data = randomRows([6], () => token)
      await expect(engine.train(EMBEDDED, start, data, { plan, seed: 1 })).rejects.toMatchObject({
        code: 'SHAPE_MISMATCH',
      })
    }
  })

  it('refuses an Embedding of anything but the rows', () => {
    const late = regression([6], [dense(6, 'relu'), ...EMBEDDED.topology.layers.slice(0, 2)])
    expect(() => engines[backend].weightSpecs(late)).toThrow('what Embedding looks up')
  })
})

describe('Dropout', () => {
  const RATE = 0.25
  const model = regression([400], [plain('Dropout', { rate: RATE })])
  const plan = { optimizer: 'sgd', learningRate: 1, batchSize: 1, steps: 1 } as const
  const data: Dataset = {
    count: 1,
    featureShape: [400],
    features: new Float32Array(400).fill(1),
    featureScale: 1,
    targets: { kind: 'value', values: Float32Array.of(1), scale: { mean: 0, deviation: 1 } },
  }
  const start = () => {
    const { specs, values } = engines.cpu.initialWeights(model, 1)
    return { specs, values: new Float32Array(values.length) }
  }

  it('lets a part of its inputs through in training, scaled up, and all of them afterwards', async () => {
    const { weights } = await engines.cpu.train(model, start(), data, { plan, seed: 4 })
    // From weights 0 the gradient of every kernel weight is -2 times what was let through.
    const kernel = weights.values.subarray(0, 400)
    const passed = kernel.filter((value) => value !== 0)
    expect(Math.abs(passed.length / 400 - (1 - RATE))).toBeLessThan(0.07)
    for (const value of passed) expect(value).toBeCloseTo(2 / (1 - RATE), 5)
    const ones = { ...weights, values: new Float32Array(401).fill(0.01) }
    expect(engines.cpu.predict(model, ones, data)[0]).toBeCloseTo(4.01, 5)
  })

  it('depends on the seed alone', async () => {
    const train = async (seed: number) =>
      (await engines.cpu.train(model, start(), data, { plan, seed })).weights.values
    expect(await train(4)).toEqual(await train(4))
    expect(await train(4)).not.toEqual(await train(5))
  })
})
