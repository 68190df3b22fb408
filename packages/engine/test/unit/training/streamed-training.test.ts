import type { ModelSpec, TrainingPlan } from '@fednode/protocol'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import { createRandom } from '../../../src/random.ts'
import type { Dataset, Engine, Targets } from '../../../src/types.ts'
import { blobs, dense, sequential } from '../fixtures.ts'
import { streamed } from '../streamed.ts'

const COUNT = 70
/** Nine rows of six numbers: 9 windows of two batches. */
const WINDOW_BYTES = 9 * 6 * 4
const SHAPE = { featureShape: [6], classes: 3 }
const SGD: TrainingPlan = { optimizer: 'sgd', learningRate: 0.1, batchSize: 4, epochs: 2 }
const STEPS: TrainingPlan = { optimizer: 'sgd', learningRate: 0.1, batchSize: 4, steps: 31 }
const ADAM: TrainingPlan = { ...SGD, optimizer: 'adam', learningRate: 0.01 }
const random = createRandom(9)
const uniforms = Float64Array.from({ length: COUNT }, () => random.uniform())
const rows = blobs({ count: COUNT, featureShape: [6], classes: 3, seed: 2 })
const groups = Int32Array.from(uniforms, (value) => Math.floor(10 * value))
const classifier = sequential([dense(5, 'relu'), dense(3, 'softmax')], SHAPE)
const values: Targets = {
  kind: 'value',
  values: Float32Array.from(uniforms),
  scale: { mean: 3, deviation: 2 },
}
const risks: Targets = {
  kind: 'risk',
  times: uniforms.map((value) => Math.floor(30 * value)),
  observed: Uint8Array.from(uniforms, (value) => (value < 0.6 ? 1 : 0)),
}
const bytes: Dataset = {
  ...rows,
  features: Uint8Array.from(rows.features, (value) => 100 + 40 * value),
  featureScale: 1 / 255,
}
const tokens: Dataset = {
  ...rows,
  features: rows.features.map((value) => Math.abs(Math.round(5 * value))),
}

function withOutput(objective: ModelSpec['objective'], units: number): ModelSpec {
  const layers = [dense(4, 'tanh'), dense(units, 'linear')]
  return { topology: { className: 'Sequential', layers }, featureShape: [6], objective }
}

const embedding = sequential(
  [
    { className: 'Embedding', config: { inputDim: 40, outputDim: 3 } },
    { className: 'GlobalAveragePooling1D', config: {} },
    dense(3, 'softmax'),
  ],
  SHAPE,
)
const dropout = sequential(
  [dense(5, 'relu'), { className: 'Dropout', config: { rate: 0.3 } }, dense(3, 'softmax')],
  SHAPE,
)
const earlyStop = { share: 0.3, patience: 1 }
const reconstruction = withOutput({ kind: 'reconstruction' }, 6)

const CASES: readonly (readonly [string, ModelSpec, Dataset, TrainingPlan])[] = [
  ['dense layers', classifier, rows, SGD],
  ['a last batch that is smaller', classifier, rows, { ...SGD, batchSize: 7 }],
  ['steps that end within a pass', classifier, rows, STEPS],
  ['bytes', classifier, bytes, SGD],
  ['Adam, Dropout and balanced classes', dropout, rows, { ...ADAM, classWeights: 'balanced' }],
  ['an early stop', classifier, rows, { ...SGD, epochs: 4, earlyStop }],
  ['an early stop with groups', classifier, { ...rows, groups }, { ...SGD, epochs: 4, earlyStop }],
  ['numbers', withOutput({ kind: 'value', loss: 'huber' }, 1), { ...rows, targets: values }, ADAM],
  ['risks', withOutput({ kind: 'risk' }, 1), { ...rows, targets: risks }, ADAM],
  ['words', embedding, tokens, ADAM],
  [
    'rows that are their own target, with an early stop',
    reconstruction,
    { ...rows, targets: { kind: 'reconstruction' } },
    { ...ADAM, epochs: 3, earlyStop },
  ],
]

let engine: Engine
beforeAll(async () => {
  engine = await createEngine({ backend: 'wasm' })
})

describe('rows in a file give the bits of rows in memory', () => {
  it.each(CASES)('for %s', async (_name, model, data, plan) => {
    const base = engine.initialWeights(model, 5)
    const inFile = streamed(data, WINDOW_BYTES)
    const options = { plan, seed: 11, proximal: 0.01 }
    const expected = await engine.train(model, base, data, options)
    const actual = await engine.train(model, base, inFile, options)
    expect(actual).toEqual(expected)
    expect(actual.weights.values).not.toEqual(base.values)
    expect(engine.evaluate(model, actual.weights, inFile)).toEqual(
      engine.evaluate(model, expected.weights, data),
    )
    expect(engine.predict(model, base, inFile)).toEqual(engine.predict(model, base, data))
  })

  it('for batches that threads share', async () => {
    const wide = blobs({ count: 2_100, featureShape: [64], classes: 3, seed: 5 })
    const shape = { featureShape: [64], classes: 3 }
    const model = sequential([dense(512, 'relu'), dense(3, 'softmax')], shape)
    const threaded = await createEngine({ backend: 'wasm', threads: 2 })
    const base = threaded.initialWeights(model, 5)
    const options = { plan: { ...SGD, batchSize: 1_050, epochs: 1 }, seed: 11 }
    const expected = await threaded.train(model, base, wide, options)
    expect(await threaded.train(model, base, streamed(wide, 300_000), options)).toEqual(expected)
    expect(await engine.train(model, base, streamed(wide, 300_000), options)).toEqual(expected)
    threaded.dispose()
  })

  it('whatever the windows, and again after a restart', async () => {
    const base = engine.initialWeights(classifier, 5)
    const train = async (windowBytes: number) =>
      (await engine.train(classifier, base, streamed(rows, windowBytes), { plan: SGD, seed: 3 }))
        .weights.values
    const expected = await train(100)
    expect(await train(100)).toEqual(expected)
    expect(await train(1_000)).toEqual(expected)
    expect(await train(1_000_000)).toEqual(expected)
  })
})

describe('rows in a file', () => {
  it('are refused where a model looks up a word that it does not have', async () => {
    const base = engine.initialWeights(embedding, 5)
    const wrong = streamed(
      { ...tokens, features: tokens.features.map((id, i) => (i === 400 ? 40 : id)) },
      500,
    )
    await expect(engine.train(embedding, base, wrong, { plan: SGD, seed: 1 })).rejects.toThrow(
      'expected token ids 0 to 39, got token id 40',
    )
    expect(() => engine.evaluate(embedding, base, wrong)).toThrow('token id 40')
  })

  it('are refused by a model of another width', async () => {
    const narrow = sequential([dense(3, 'softmax')], { featureShape: [5], classes: 3 })
    const base = engine.initialWeights(narrow, 5)
    await expect(
      engine.train(narrow, base, streamed(rows, 500), { plan: SGD, seed: 1 }),
    ).rejects.toThrow('expected 5 features, got 6 features')
  })

  it('stop training between two steps when the signal fires', async () => {
    const stop = new AbortController()
    const base = engine.initialWeights(classifier, 5)
    const options = { plan: SGD, seed: 1, signal: stop.signal, onProgress: () => stop.abort() }
    await expect(engine.train(classifier, base, streamed(rows, 500), options)).rejects.toThrow(
      'Training was aborted',
    )
  })
})
