import type { Adaptation, ModelSpec, TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import type { BackendName, Engine } from '../../src/types.ts'
import { blobs, dense, sequential } from './fixtures.ts'

const SHAPE = { featureShape: [6], classes: 3 }
const given = sequential([dense(8, 'relu'), dense(5, 'tanh'), dense(3, 'softmax')], SHAPE)
const data = blobs({ count: 48, ...SHAPE, seed: 3 })
const plan: TrainingPlan = { optimizer: 'sgd', learningRate: 0.2, batchSize: 16, epochs: 4 }

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

const base = () => engines.cpu.initialWeights(given, 5).values

function adapted(change: Omit<Adaptation, 'base'>): ModelSpec {
  return { ...given, adaptation: { base: base(), ...change } }
}

/** Everything in full but the first layer, which is frozen, and the second, which has adapters. */
const both = () =>
  adapted({ freeze: ['dense_1'], adapters: { rank: 2, alpha: 4, layers: ['dense_2'] } })

describe('what moves of an adapted model', () => {
  it('is what is neither frozen nor has adapters, and the adapters', () => {
    expect(engines.cpu.weightSpecs(both())).toEqual([
      { name: 'dense_2/lora_a', shape: [8, 2] },
      { name: 'dense_2/lora_b', shape: [2, 5] },
      { name: 'dense_3/kernel', shape: [5, 3] },
      { name: 'dense_3/bias', shape: [3] },
    ])
  })

  it('begins as the given model', () => {
    const { cpu } = engines
    const start = cpu.initialWeights(both(), 9)
    expect(start.values).toHaveLength(44)
    const full = cpu.fullWeights(both(), start)
    expect(full).toEqual({ specs: cpu.weightSpecs(given), values: base() })
    expect(cpu.evaluate(both(), start, data)).toEqual(cpu.evaluate(given, full, data))
  })

  it('has adapters on every frozen Dense layer where none is named', () => {
    const model = adapted({ freeze: ['dense_1', 'dense_2'], adapters: { rank: 1 } })
    const names = engines.cpu.weightSpecs(model).map(({ name }) => name)
    expect(names.filter((name) => name.includes('lora'))).toEqual([
      'dense_1/lora_a',
      'dense_1/lora_b',
      'dense_2/lora_a',
      'dense_2/lora_b',
    ])
  })

  it.each([
    ['a layer that is not there', { freeze: ['dense_9'] }, 'no layer dense_9'],
    ['all layers', { freeze: ['dense_1', 'dense_2', 'dense_3'] }, 'nothing would move'],
    ['a rank above the smaller side', { freeze: ['dense_3'], adapters: { rank: 4 } }, 'rank 4'],
    ['a rank of 0', { freeze: ['dense_3'], adapters: { rank: 0 } }, 'rank 0'],
    ['an alpha of 0', { freeze: ['dense_3'], adapters: { rank: 1, alpha: 0 } }, 'alpha'],
    ['adapters of nothing', { freeze: [], adapters: { rank: 1 } }, 'no Dense layer is frozen'],
    [
      'adapters of no Dense layer',
      { freeze: [], adapters: { rank: 1, layers: ['lstm_1'] } },
      'no Dense',
    ],
  ])('is refused with %s', (_, change, message) => {
    expect(() => engines.cpu.weightSpecs(adapted(change))).toThrow(message)
  })

  it('is refused where the given model is another', () => {
    const model = { ...given, adaptation: { base: new Float32Array(3), freeze: ['dense_1'] } }
    expect(() => engines.cpu.weightSpecs(model)).toThrow('has 3 weights, this one 119')
  })
})

describe.each(['cpu', 'wasm'] as const)('fine-tuning on %s', (backend) => {
  it('moves nothing else, learns, and leaves no tensor behind', async () => {
    const engine = engines[backend]
    const model = both()
    const start = engine.initialWeights(model, 9)
    const before = tf.memory().numTensors
    const { weights } = await engine.train(model, start, data, { plan, seed: 1 })
    expect(tf.memory().numTensors).toBe(before)
    expect(weights.specs).toEqual(engine.weightSpecs(model))
    const loss = (own: typeof weights) => engine.evaluate(model, own, data).loss
    expect(loss(weights)).toBeLessThan(0.9 * loss(start))
    const full = engine.fullWeights(model, weights)
    // dense_1, and the bias of dense_2 after its kernel.
    expect(full.values.subarray(0, 56)).toEqual(base().subarray(0, 56))
    expect(full.values.subarray(96, 101)).toEqual(base().subarray(96, 101))
    expect(full.values.subarray(56, 96)).not.toEqual(base().subarray(56, 96))
    expect(engine.evaluate(given, full, data).loss).toBeCloseTo(loss(weights), 6)
  })

  it('steps a full layer as training of the whole model steps it', async () => {
    const engine = engines[backend]
    const once = { ...plan, batchSize: 48, epochs: 1 }
    const model = adapted({ freeze: ['dense_1', 'dense_2'] })
    const part = await engine.train(model, engine.initialWeights(model, 1), data, {
      plan: once,
      seed: 1,
    })
    const start = { specs: engine.weightSpecs(given), values: base() }
    const whole = await engine.train(given, start, data, { plan: once, seed: 1 })
    const head = whole.weights.values.subarray(101)
    part.weights.values.forEach((value, i) => {
      expect(Math.abs(value - (head[i] as number))).toBeLessThan(1e-6)
    })
  })

  it('evaluates coalitions as the model of the combined adapters', async () => {
    const engine = engines[backend]
    const model = both()
    const [start, ...updates] = [1, 2, 3].map((seed) => {
      const { specs, values } = engine.initialWeights(model, seed)
      return { specs, values: values.map((value, i) => value + 0.3 * Math.sin(i * seed)) }
    })
    if (start === undefined) expect.unreachable()
    const evaluator = engine.createCoalitionEvaluator({ model, base: start, updates, data })
    const coefficients = Float64Array.of(0.5, 0.5)
    const [evaluation] = await evaluator.evaluate([{ kind: 'combination', coefficients }])
    await evaluator.dispose()
    const mean = start.values.map(
      (_, i) => ((updates[0]?.values[i] ?? 0) + (updates[1]?.values[i] ?? 0)) / 2,
    )
    const expected = engine.evaluate(model, { ...start, values: mean }, data)
    expect(evaluation?.loss).toBeCloseTo(expected.loss, 5)
  })
})
