import type { TrainingPlan } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { planModel } from '../../src/models/model-plan.ts'
import { createRandom } from '../../src/random.ts'
import type { BackendName, Engine } from '../../src/types.ts'
import { blobs, dense, sequential } from './fixtures.ts'
import { referenceGradient } from './reference-loss.ts'

const SHAPE = { featureShape: [5], classes: 3 }
const model = sequential([dense(6, 'tanh'), dense(4, 'sigmoid'), dense(3, 'softmax')], SHAPE)
const layout = planModel(model)
const data = blobs({ count: 24, featureShape: [5], classes: 3, seed: 1 })
/** Full batches: the order of the rows does not matter, so that the reference needs no shuffle. */
const plan = {
  optimizer: 'sgd',
  learningRate: 0.2,
  batchSize: 24,
  epochs: 4,
} as const satisfies TrainingPlan

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

function randomVector(scale: number): Float32Array {
  const random = createRandom(7)
  return Float32Array.from({ length: layout.size }, () => scale * (2 * random.uniform() - 1))
}

/** The same training in f64, as naively as can be: w <- w - eta (clip(g) + mu (w - w_0) + correction). */
function referenceTraining(
  start: Float32Array,
  terms: { proximal?: number; correction?: Float32Array; clipNorm?: number },
): Float64Array {
  const { proximal = 0, correction, clipNorm = Number.POSITIVE_INFINITY } = terms
  const weights = Float64Array.from(start)
  for (let epoch = 0; epoch < plan.epochs; epoch++) {
    const gradient = referenceGradient(layout, weights, data)
    const clip = Math.min(1, clipNorm / Math.hypot(...gradient))
    gradient.forEach((slope, i) => {
      const pull = proximal * ((weights[i] as number) - (start[i] as number))
      const step = clip * slope + pull + (correction?.[i] ?? 0)
      weights[i] = (weights[i] as number) - plan.learningRate * step
    })
  }
  return weights
}

describe.each(['cpu', 'wasm'] as const)('a strategy on %s', (backend) => {
  it.each([
    ['nothing', {}],
    ['a proximal term', { proximal: 0.5 }],
    ['a correction', { correction: randomVector(0.05) }],
    ['both', { proximal: 0.5, correction: randomVector(0.05) }],
    ['both, after clipping', { proximal: 2, correction: randomVector(0.05), clipNorm: 0.05 }],
  ])('adds %s to every step', async (_, { clipNorm, ...terms }: Terms) => {
    const start = engines[backend].initialWeights(model, 11)
    const options = {
      plan: clipNorm === undefined ? plan : { ...plan, clipNorm },
      seed: 1,
      ...terms,
    }
    const { weights, steps } = await engines[backend].train(model, start, data, options)
    expect(steps).toBe(4)
    const expected = referenceTraining(start.values, {
      ...terms,
      ...(clipNorm === undefined ? {} : { clipNorm }),
    })
    weights.values.forEach((value, i) => {
      expect(Math.abs(value - (expected[i] as number))).toBeLessThan(5e-6)
    })
  })

  it('leaves the terms as they were and no tensor behind', async () => {
    const start = engines[backend].initialWeights(model, 2)
    const correction = randomVector(0.1)
    const copy = correction.slice()
    const before = tf.memory().numTensors
    const options = { plan, seed: 1, proximal: 1, correction }
    await engines[backend].train(model, start, data, options)
    expect(correction).toEqual(copy)
    expect(tf.memory().numTensors).toBe(before)
  })
})

type Terms = { proximal?: number; correction?: Float32Array; clipNorm?: number }

describe('the terms of a strategy', () => {
  it('stay near the start the stronger the proximal term is', async () => {
    const start = engines.wasm.initialWeights(model, 3)
    const distances: number[] = []
    for (const proximal of [0, 0.1, 1, 4]) {
      const options = { plan: { ...plan, epochs: 30 }, seed: 1, proximal }
      const { weights } = await engines.wasm.train(model, start, data, options)
      distances.push(
        Math.hypot(...weights.values.map((value, i) => value - (start.values[i] as number))),
      )
    }
    expect(distances).toEqual(distances.toSorted((a, b) => b - a))
    expect(distances[3]).toBeLessThan((distances[0] as number) / 4)
  })

  it('of mu 0 are no term at all, bit by bit', async () => {
    const start = engines.wasm.initialWeights(model, 3)
    const plain = await engines.wasm.train(model, start, data, { plan, seed: 1 })
    const zero = await engines.wasm.train(model, start, data, { plan, seed: 1, proximal: 0 })
    expect(zero).toEqual(plain)
  })

  it.each([
    ['a negative proximal term', { proximal: -0.1 }, 'BAD_PLAN'],
    ['a proximal term of NaN', { proximal: Number.NaN }, 'BAD_PLAN'],
    ['a correction of another length', { correction: new Float32Array(3) }, 'SHAPE_MISMATCH'],
    [
      'a correction that is not finite',
      { correction: new Float32Array(layout.size).fill(Number.NaN) },
      'NOT_FINITE',
    ],
  ])('refuse %s', async (_, terms, code) => {
    const start = engines.cpu.initialWeights(model, 3)
    const work = engines.cpu.train(model, start, data, { plan, seed: 1, ...terms })
    await expect(work).rejects.toMatchObject({ code })
  })
})
