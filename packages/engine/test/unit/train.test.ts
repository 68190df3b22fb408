import type { TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { pickTargets } from '../../src/data/pick-targets.ts'
import { EngineError } from '../../src/errors.ts'
import { planModel } from '../../src/models/model-plan.ts'
import type { BackendName, Engine, Targets } from '../../src/types.ts'
import { blobs, dense, sequential } from './fixtures.ts'
import { referenceEvaluation, referenceGradient } from './reference-loss.ts'

const SHAPE = { featureShape: [5], classes: 3 }
const model = sequential([dense(6, 'relu'), dense(4, 'tanh'), dense(3, 'softmax')], SHAPE)
const data = blobs({ count: 40, featureShape: [5], classes: 3, seed: 1 })
const plan: TrainingPlan = { optimizer: 'sgd', learningRate: 0.1, batchSize: 8, epochs: 2 }

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

function labelled(labels: Int32Array, classes = 3): Targets {
  return { kind: 'classes', labels, classes }
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EngineError)
  return (error as EngineError).code
}

describe.each(['cpu', 'wasm'] as const)('train on %s', (backend) => {
  it.each([
    ['relu', true],
    ['tanh', true],
    ['sigmoid', true],
    ['linear', true],
    ['tanh', false],
  ] as const)(
    'steps along the gradient of the mean loss with %s layers, bias %s',
    async (activation, useBias) => {
      const deep = sequential(
        [
          dense(6, activation, useBias),
          dense(4, activation, useBias),
          dense(3, 'softmax', useBias),
        ],
        SHAPE,
      )
      const layout = planModel(deep)
      const start = engines[backend].initialWeights(deep, 11)
      const oneStep = { ...plan, batchSize: 40, epochs: 1 }
      const result = await engines[backend].train(deep, start, data, { plan: oneStep, seed: 1 })
      const gradient = referenceGradient(layout, start.values, data)
      gradient.forEach((slope, i) => {
        const step = ((start.values[i] as number) - (result.weights.values[i] as number)) / 0.1
        expect(Math.abs(step - slope)).toBeLessThan(5e-6)
      })
      expect(result.loss).toBeCloseTo(referenceEvaluation(layout, start.values, data).loss, 5)
    },
  )

  it('gives the same weights again for the same seed, others for another', async () => {
    const start = engines[backend].initialWeights(model, 2)
    const run = async (seed: number) =>
      (await engines[backend].train(model, start, data, { plan, seed })).weights.values
    const first = await run(1)
    expect(await run(1)).toEqual(first)
    expect(await run(2)).not.toEqual(first)
  })

  it('leaves its input as it was and no tensor behind', async () => {
    const start = engines[backend].initialWeights(model, 2)
    const copy = start.values.slice()
    const before = tf.memory().numTensors
    await engines[backend].train(model, start, data, { plan: { ...plan, batchSize: 7 }, seed: 1 })
    expect(start.values).toEqual(copy)
    expect(tf.memory().numTensors).toBe(before)
  })

  it('clips the norm of a batch gradient', async () => {
    const start = engines[backend].initialWeights(model, 3)
    const once = { ...plan, batchSize: 40, epochs: 1 }
    const stepWith = async (clip: { clipNorm?: number }) => {
      const { weights } = await engines[backend].train(model, start, data, {
        plan: { ...once, ...clip },
        seed: 1,
      })
      return Array.from(weights.values, (w, i) => ((start.values[i] as number) - w) / 0.1)
    }
    const norm = (step: readonly number[]) => Math.hypot(...step)
    const free = await stepWith({})
    const clipped = await stepWith({ clipNorm: norm(free) / 4 })
    expect(norm(clipped)).toBeCloseTo(norm(free) / 4, 4)
    clipped.forEach((value, i) => {
      expect(value).toBeCloseTo((free[i] as number) / 4, 4)
    })
    const loose = await stepWith({ clipNorm: 4 * norm(free) })
    expect(loose).toEqual(free)
  })

  it('learns what can be learned', async () => {
    const start = engines[backend].initialWeights(model, 4)
    const { weights } = await engines[backend].train(model, start, data, {
      plan: { ...plan, epochs: 60 },
      seed: 1,
    })
    const evaluation = engines[backend].evaluate(model, weights, data)
    expect(evaluation.loss).toBeLessThan(0.5 * engines[backend].evaluate(model, start, data).loss)
  })

  it('T21: stops with NOT_FINITE when training diverges, and frees its tensors', async () => {
    const start = engines[backend].initialWeights(model, 2)
    const before = tf.memory().numTensors
    const diverging = { ...plan, learningRate: 1e30, epochs: 5 }
    expect(
      await codeOf(engines[backend].train(model, start, data, { plan: diverging, seed: 1 })),
    ).toBe('NOT_FINITE')
    expect(tf.memory().numTensors).toBe(before)
  })

  it('T21: refuses to train from weights with NaN', async () => {
    const start = engines[backend].initialWeights(model, 2)
    start.values[3] = Number.NaN
    expect(await codeOf(engines[backend].train(model, start, data, { plan, seed: 1 }))).toBe(
      'NOT_FINITE',
    )
  })

  it('ends between two steps when the signal aborts', async () => {
    const start = engines[backend].initialWeights(model, 2)
    const before = tf.memory().numTensors
    const controller = new AbortController()
    const steps: number[] = []
    const work = engines[backend].train(model, start, data, {
      plan: { ...plan, epochs: 100 },
      seed: 1,
      signal: controller.signal,
      onProgress: ({ step }) => {
        steps.push(step)
        if (step === 3) controller.abort()
      },
    })
    expect(await codeOf(work)).toBe('TRAINING_ABORTED')
    expect(steps).toEqual([1, 2, 3])
    expect(tf.memory().numTensors).toBe(before)
  })

  it('counts steps over all epochs and lets the event loop turn in between', async () => {
    let turns = 0
    const timer = setInterval(() => turns++, 0)
    const seen: string[] = []
    await engines[backend].train(model, engines[backend].initialWeights(model, 2), data, {
      plan: { ...plan, batchSize: 16, epochs: 2 },
      seed: 1,
      onProgress: ({ epoch, step, steps }) => {
        seen.push(`${epoch}:${step}/${steps}`)
        const end = performance.now() + 2
        // A step long enough for the timer to be due.
        while (performance.now() < end);
      },
    })
    clearInterval(timer)
    expect(seen).toEqual(['1:1/6', '1:2/6', '1:3/6', '2:4/6', '2:5/6', '2:6/6'])
    expect(turns).toBeGreaterThan(0)
  })
})

describe('train', () => {
  it('agrees between wasm and cpu', async () => {
    const start = engines.cpu.initialWeights(model, 5)
    const options = { plan: { ...plan, epochs: 5 }, seed: 3 }
    const cpu = await engines.cpu.train(model, start, data, options)
    const wasm = await engines.wasm.train(model, start, data, options)
    cpu.weights.values.forEach((weight, i) => {
      expect(Math.abs(weight - (wasm.weights.values[i] as number))).toBeLessThan(1e-4)
    })
    expect(wasm.loss).toBeCloseTo(cpu.loss, 4)
  })

  it('gives the same result when two engines train at the same time', async () => {
    const start = engines.cpu.initialWeights(model, 5)
    const options = { plan, seed: 3 }
    const alone = await engines.wasm.train(model, start, data, options)
    const [together, other] = await Promise.all([
      engines.wasm.train(model, start, data, options),
      engines.cpu.train(model, start, data, options),
    ])
    expect(together).toEqual(alone)
    expect(other.samples).toBe(40)
  })

  it('scales bytes on use', async () => {
    const bytes = Uint8Array.from({ length: 60 }, (_, i) => (i * 37) % 256)
    const asBytes = {
      ...data,
      count: 12,
      targets: pickTargets(data.targets, [...Array(12).keys()]),
      features: bytes,
      featureScale: 1 / 255,
    }
    const asFloats = {
      ...asBytes,
      features: Float32Array.from(bytes, (b) => b / 255),
      featureScale: 1,
    }
    const start = engines.wasm.initialWeights(model, 5)
    const first = await engines.wasm.train(model, start, asBytes, { plan, seed: 1 })
    const second = await engines.wasm.train(model, start, asFloats, { plan, seed: 1 })
    expect(first.weights.values).toEqual(second.weights.values)
  })

  it.each([
    ['learning rate', { learningRate: 0 }],
    ['learning rate', { learningRate: Number.NaN }],
    ['batch size', { batchSize: 0 }],
    ['batch size', { batchSize: 1.5 }],
    ['epochs', { epochs: 0 }],
    ['clip norm', { clipNorm: -1 }],
  ])('refuses a bad %s: %o', async (_, change) => {
    const start = engines.cpu.initialWeights(model, 5)
    const work = engines.cpu.train(model, start, data, { plan: { ...plan, ...change }, seed: 1 })
    expect(await codeOf(work)).toBe('BAD_PLAN')
  })

  it.each([
    [
      'no rows',
      { count: 0, targets: labelled(new Int32Array(0)), features: new Float32Array(0) },
      'EMPTY_INPUT',
    ],
    ['other features', { featureShape: [4] }, 'SHAPE_MISMATCH'],
    ['other classes', { targets: labelled(new Int32Array(40), 4) }, 'SHAPE_MISMATCH'],
    ['too few features', { features: new Float32Array(3) }, 'SHAPE_MISMATCH'],
    ['too few labels', { targets: labelled(new Int32Array(3)) }, 'SHAPE_MISMATCH'],
    ['a label out of range', { targets: labelled(new Int32Array(40).fill(3)) }, 'SHAPE_MISMATCH'],
    ['other targets', { targets: { kind: 'reconstruction' } as const }, 'SHAPE_MISMATCH'],
    ['a NaN feature', { features: new Float32Array(200).fill(Number.NaN) }, 'NOT_FINITE'],
  ])('refuses data with %s', async (_, change, code) => {
    const start = engines.wasm.initialWeights(model, 5)
    const work = engines.wasm.train(model, start, { ...data, ...change }, { plan, seed: 1 })
    expect(await codeOf(work)).toBe(code)
  })

  it('refuses weights of another model', async () => {
    const other = sequential([dense(7, 'relu'), dense(3, 'softmax')], SHAPE)
    const start = engines.cpu.initialWeights(other, 5)
    expect(await codeOf(engines.cpu.train(model, start, data, { plan, seed: 1 }))).toBe(
      'SHAPE_MISMATCH',
    )
  })
})
