import type { ModelSpec, TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { planModel } from '../../src/models/model-plan.ts'
import type { BackendName, Dataset, Engine, Targets } from '../../src/types.ts'
import { createStockModel } from '../stock/stock-model.ts'
import { blobs, dense, labelsOf, sequential } from './fixtures.ts'
import { referenceGradient } from './reference-loss.ts'

const SHAPE = { featureShape: [5], classes: 3 }
const ROWS = 24
const data = blobs({ count: ROWS, ...SHAPE, seed: 1 })
/** The activation is one that the written-out code does not cover. */
const model = sequential([dense(6, 'softplus' as 'tanh'), dense(3, 'softmax')], SHAPE)
/** As many steps as epochs: stock TensorFlow.js does not shuffle as we do. */
const PLAN = { optimizer: 'sgd', learningRate: 0.05, batchSize: ROWS, epochs: 5 } as const

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, within = 1e-5): void {
  expect(actual).toHaveLength(expected.length)
  const distances = Array.from(actual, (value, i) => Math.abs(value - (expected[i] as number)))
  expect(Math.max(...distances)).toBeLessThan(within)
}

describe.each(['cpu', 'wasm'] as const)('an optimizer on %s', (backend) => {
  const OPTIMIZERS: [string, Partial<TrainingPlan>, () => tf.Optimizer][] = [
    ['sgd', {}, () => tf.train.sgd(0.05)],
    ['sgd with momentum', { momentum: 0.8 }, () => tf.train.momentum(0.05, 0.8)],
    ['adam', { optimizer: 'adam' }, () => tf.train.adam(0.05, 0.9, 0.999, 1e-8)],
    ['rmsprop', { optimizer: 'rmsprop' }, () => tf.train.rmsprop(0.05, 0.9, 0, 1e-7)],
  ]

  it.each(OPTIMIZERS)('%s moves as the one of TensorFlow.js', async (_, change, stockOptimizer) => {
    const start = engines[backend].initialWeights(model, 4)
    const options = { plan: { ...PLAN, ...change }, seed: 1 }
    const before = tf.memory().numTensors
    const { weights } = await engines[backend].train(model, start, data, options)
    expect(tf.memory().numTensors).toBe(before)
    const optimizer = stockOptimizer()
    const stock = createStockModel(model, { weights: start, data, optimizer })
    await stock.fit({ batchSize: ROWS, epochs: 5 })
    expectClose(weights.values, stock.weights(), 2e-5)
    stock.dispose()
  })

  it('adamw takes its decay off the weights, not the gradient', async () => {
    const start = engines[backend].initialWeights(model, 4)
    const after = async (plan: Partial<TrainingPlan>) => {
      const options = { plan: { ...PLAN, epochs: 1, ...plan }, seed: 1 }
      return (await engines[backend].train(model, start, data, options)).weights.values
    }
    const adam = await after({ optimizer: 'adam' })
    const decayed = await after({ optimizer: 'adamw', weightDecay: 0.4 })
    expectClose(
      decayed,
      adam.map((value, i) => value - 0.05 * 0.4 * (start.values[i] as number)),
      1e-6,
    )
  })

  it('gives the same bits for the same seed', async () => {
    const start = engines[backend].initialWeights(model, 4)
    const plan = { ...PLAN, optimizer: 'adam', batchSize: 7, epochs: 2 } as const
    const once = () => engines[backend].train(model, start, data, { plan, seed: 9 })
    expect(await once()).toEqual(await once())
  })
})

describe('training by automatic differentiation', () => {
  /** Both ways can train this one. */
  const stack = sequential([dense(6, 'tanh'), dense(3, 'softmax')], SHAPE)
  const start = () => engines.wasm.initialWeights(stack, 3)

  it.each([
    ['alone', {}, {}],
    ['with clipping', { clipNorm: 0.1 }, {}],
    ['with a proximal term', {}, { proximal: 2 }],
    ['with a correction', {}, { correction: new Float32Array(57).fill(0.03) }],
    [
      'with all of them',
      { clipNorm: 0.1 },
      { proximal: 2, correction: new Float32Array(57).fill(0.03) },
    ],
  ])('agrees with the written-out code %s', async (_, change, terms) => {
    const plan = { ...PLAN, batchSize: 7, ...change }
    const options = { seed: 5, ...terms }
    const written = await engines.wasm.train(stack, start(), data, { plan, ...options })
    // Weights of 1 change nothing but who trains.
    const weighted = { ...plan, classWeights: [1, 1, 1] }
    const differentiated = await engines.wasm.train(stack, start(), data, {
      plan: weighted,
      ...options,
    })
    expectClose(differentiated.weights.values, written.weights.values)
    expect(differentiated.loss).toBeCloseTo(written.loss, 5)
    expect(differentiated.steps).toBe(written.steps)
  })

  it.each([
    ['given', [0.5, 2, 1], [0.5, 2, 1]],
    ['balanced', 'balanced', undefined],
  ] as const)('counts rows by the weights of their classes: %s', async (_, classWeights, given) => {
    const labels = labelsOf(data)
    const rowsOf = (label: number) => labels.filter((other) => other === label).length
    const weights = given ?? [0, 1, 2].map((label) => ROWS / (3 * rowsOf(label)))
    const once = { ...PLAN, epochs: 1, learningRate: 1, classWeights }
    const { weights: after } = await engines.wasm.train(stack, start(), data, {
      plan: once,
      seed: 1,
    })
    // The gradient of a weighted mean, from those of each class alone.
    const expected = new Float64Array(57)
    for (const label of [0, 1, 2]) {
      const own = blobsOf(label)
      const share = ((weights[label] ?? 0) * own.count) / ROWS
      referenceGradient(planModel(stack), start().values, own).forEach((slope, i) => {
        expected[i] = (expected[i] as number) + share * slope
      })
    }
    expectClose(
      start().values.map((value, i) => value - (after.values[i] as number)),
      expected,
    )
  })

  function blobsOf(label: number): Dataset {
    const rows = [...labelsOf(data).keys()].filter((row) => labelsOf(data)[row] === label)
    return {
      ...data,
      count: rows.length,
      features: Float32Array.from(rows.flatMap((r) => [...data.features.slice(r * 5, r * 5 + 5)])),
      targets: { kind: 'classes', labels: new Int32Array(rows.length).fill(label), classes: 3 },
    }
  }

  it('T21: names the step whose loss is no number, and frees its tensors', async () => {
    const before = tf.memory().numTensors
    const plan = { ...PLAN, learningRate: 1e30, optimizer: 'sgd', momentum: 0.5 } as const
    await expect(
      engines.wasm.train(model, engines.wasm.initialWeights(model, 1), data, { plan, seed: 1 }),
    ).rejects.toMatchObject({ code: 'NOT_FINITE', message: expect.stringMatching(/of step \d/) })
    expect(tf.memory().numTensors).toBe(before)
  })
})

describe('a number of steps', () => {
  it('is taken over as many passes as it takes', async () => {
    const seen: string[] = []
    const { epochs: _, ...rest } = PLAN
    const plan = { ...rest, batchSize: 10, steps: 5 }
    const { steps, samples } = await engines.wasm.train(
      model,
      engines.wasm.initialWeights(model, 1),
      data,
      {
        plan,
        seed: 1,
        onProgress: ({ epoch, step, steps: all }) => seen.push(`${epoch}:${step}/${all}`),
      },
    )
    expect(seen).toEqual(['1:1/5', '1:2/5', '1:3/5', '2:4/5', '2:5/5'])
    expect({ steps, samples }).toEqual({ steps: 5, samples: ROWS })
  })

  it.each([
    ['neither epochs nor steps', { epochs: undefined }],
    ['both', { steps: 3 }],
    [
      'an early stop of steps',
      { epochs: undefined, steps: 3, earlyStop: { share: 0.2, patience: 1 } },
    ],
    ['a share of everything', { earlyStop: { share: 1, patience: 1 } }],
    ['a patience of 0', { earlyStop: { share: 0.2, patience: 0 } }],
    ['a momentum of 1', { momentum: 1 }],
    ['a negative weight decay', { weightDecay: -1 }],
  ])('is refused with %s', async (_, change) => {
    const weights = engines.wasm.initialWeights(model, 1)
    // Plans that the type forbids.
    const plan = { ...PLAN, ...change } as TrainingPlan
    await expect(engines.wasm.train(model, weights, data, { plan, seed: 1 })).rejects.toMatchObject(
      {
        code: 'BAD_PLAN',
      },
    )
  })
})

describe('an early stop', () => {
  /** Noise: whatever is learned of it is wrong for other rows. */
  const noise: Dataset = {
    ...data,
    targets: {
      kind: 'classes',
      labels: labelsOf(data).map((_, row) => (row * 7 + Math.floor(row / 3)) % 3),
      classes: 3,
    },
  }
  const plan = {
    ...PLAN,
    learningRate: 1,
    epochs: 200,
    earlyStop: { share: 0.25, patience: 4 },
  } as const

  it('ends before the epochs are over and keeps the best weights', async () => {
    const weights = engines.wasm.initialWeights(model, 1)
    let last = 0
    const { steps, samples } = await engines.wasm.train(model, weights, noise, {
      plan,
      seed: 1,
      onProgress: ({ epoch }) => {
        last = epoch
      },
    })
    expect(last).toBeLessThan(200)
    // One step an epoch: patience epochs came after the best.
    expect(steps).toBe(last - 4)
    expect(samples).toBe(18)
  })

  it('gives the weights that as many epochs without it give', async () => {
    const weights = engines.wasm.initialWeights(model, 1)
    const options = { plan, seed: 1 }
    const stopped = await engines.wasm.train(model, weights, noise, options)
    const again = await engines.wasm.train(model, weights, noise, options)
    expect(again).toEqual(stopped)
    const short = { ...plan, epochs: stopped.steps }
    const exact = await engines.wasm.train(model, weights, noise, { plan: short, seed: 1 })
    expect(exact.weights).toEqual(stopped.weights)
  })
})

describe('objectives', () => {
  const features = data.features as Float32Array
  const signal = Float32Array.from({ length: ROWS }, (_, row) => {
    const at = row * 5
    return (features[at] ?? 0) - 0.5 * (features[at + 1] ?? 0)
  })
  const scale = { mean: 0, deviation: 1 }
  const value = (loss: 'mse' | 'mae' | 'huber'): [ModelSpec['objective'], Targets] => [
    { kind: 'value', loss },
    { kind: 'value', values: signal, scale },
  ]
  const risk: [ModelSpec['objective'], Targets] = [
    { kind: 'risk' },
    {
      kind: 'risk',
      // The higher the signal the earlier; two rows share every time, every third is censored.
      times: Float64Array.from(signal, (own, row) => Math.round(4 * (3 - own)) + (row % 2)),
      observed: Uint8Array.from(signal, (_, row) => (row % 3 === 0 ? 0 : 1)),
    },
  ]
  const reconstruction: [ModelSpec['objective'], Targets] = [
    { kind: 'reconstruction' },
    { kind: 'reconstruction' },
  ]

  it.each([
    ['mse', value('mse')],
    ['mae', value('mae')],
    ['huber', value('huber')],
    ['risk', risk],
    ['reconstruction', reconstruction],
  ])('%s is stepped along its own evaluated loss', async (_, [objective, targets]) => {
    const outputs = objective.kind === 'reconstruction' ? 5 : 1
    const spec: ModelSpec = {
      topology: {
        className: 'Sequential',
        layers: [dense(4, 'tanh'), dense(outputs, 'linear')],
      },
      featureShape: [5],
      objective,
    }
    const rows = { ...data, targets }
    const engine = engines.cpu
    const start = engine.initialWeights(spec, 2)
    const plan = { ...PLAN, learningRate: 1e-3, epochs: 1 }
    const { weights, loss } = await engine.train(spec, start, rows, { plan, seed: 1 })
    expect(loss).toBeCloseTo(engine.evaluate(spec, start, rows).loss, 5)
    // Central differences of the evaluation in f64.
    const step = 0.01
    for (const i of [0, 7, 20, start.values.length - 1]) {
      const at = (change: number) => {
        const values = start.values.slice()
        values[i] = (values[i] as number) + change
        return engine.evaluate(spec, { ...start, values }, rows).loss
      }
      const slope = (at(step) - at(-step)) / (2 * step)
      const taken = ((start.values[i] as number) - (weights.values[i] as number)) / 1e-3
      expect(Math.abs(taken - slope)).toBeLessThan(3e-3)
    }
    const longer = { ...PLAN, optimizer: 'adam', learningRate: 0.02, epochs: 60 } as const
    const trained = await engine.train(spec, start, rows, { plan: longer, seed: 1 })
    const before = engine.evaluate(spec, start, rows).loss
    expect(engine.evaluate(spec, trained.weights, rows).loss).toBeLessThan(0.8 * before)
  })

  it('risk has loss 0 and no gradient in a batch without an event', async () => {
    const spec: ModelSpec = {
      topology: { className: 'Sequential', layers: [dense(1, 'linear', false)] },
      featureShape: [5],
      objective: { kind: 'risk' },
    }
    const times = Float64Array.from({ length: ROWS }, (_, row) => row)
    const targets = { kind: 'risk', times, observed: new Uint8Array(ROWS) } as const
    const start = engines.wasm.initialWeights(spec, 1)
    const options = { plan: PLAN, seed: 1 }
    const result = await engines.wasm.train(spec, start, { ...data, targets }, options)
    expect(result.loss).toBe(0)
    expect(result.weights.values).toEqual(start.values)
    expect(engines.wasm.evaluate(spec, start, { ...data, targets }).loss).toBe(0)
  })
})
