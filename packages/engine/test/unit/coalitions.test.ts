import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import type { BackendName, Engine } from '../../src/types.ts'
import { weightedMean } from '../../src/weighted-mean.ts'
import { blobs, dense, sequential } from './fixtures.ts'

const SHAPE = { featureShape: [3, 4], classes: 5 }
const FLATTEN = { className: 'Flatten', config: {} } as const
const MODELS = {
  'three layers': sequential(
    [FLATTEN, dense(20, 'relu'), dense(8, 'tanh'), dense(5, 'softmax')],
    SHAPE,
  ),
  'one layer': sequential([FLATTEN, dense(5, 'softmax')], SHAPE),
  'no bias': sequential([FLATTEN, dense(9, 'sigmoid', false), dense(5, 'softmax', false)], SHAPE),
}
const data = blobs({ count: 150, ...SHAPE, seed: 5 })

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

const scenario = fc.record({
  name: fc.constantFrom('three layers' as const, 'one layer' as const, 'no bias' as const),
  samples: fc.array(fc.integer({ min: 1, max: 3_000 }), { minLength: 1, maxLength: 5 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
  spread: fc.constantFrom(0.5, 1, 4),
})

describe.each(['cpu', 'wasm'] as const)('createCoalitionEvaluator on %s', (backend) => {
  it('agrees with evaluating the averaged model of every coalition', () => {
    const engine = engines[backend]
    const wrong: number[] = []
    fc.assert(
      fc.property(scenario, ({ name, samples, seed, spread }) => {
        const model = MODELS[name]
        const base = engine.initialWeights(model, seed)
        const updates = samples.map((weight, i) => {
          const { specs, values } = engine.initialWeights(model, seed + i + 1)
          return { weights: { specs, values: values.map((w) => w * spread) }, weight }
        })
        const before = tf.memory().numTensors
        const evaluator = engine.createCoalitionEvaluator({ model, base, updates, data })
        for (let bits = 1; bits < 2 ** samples.length; bits++) {
          const members = updates.filter((_, i) => (bits >> i) & 1)
          const expected = engine.evaluate(model, weightedMean(members), data)
          const actual = evaluator.evaluate(BigInt(bits))
          expect(Math.abs(actual.loss - expected.loss)).toBeLessThan(1e-5)
          wrong.push(Math.abs(actual.accuracy - expected.accuracy))
        }
        evaluator.dispose()
        expect(tf.memory().numTensors).toBe(before)
      }),
      { numRuns: 12, seed: 4 },
    )
    // Two logits may tie within rounding: one row of 150 at most, and nearly never.
    expect(Math.max(...wrong)).toBeLessThanOrEqual(1 / 150 + 1e-12)
    expect(wrong.filter((difference) => difference > 0).length).toBeLessThanOrEqual(
      0.02 * wrong.length,
    )
  })

  it('evaluates the incoming model for the empty coalition', () => {
    const model = MODELS['three layers']
    const base = engines[backend].initialWeights(model, 1)
    const updates = [{ weights: engines[backend].initialWeights(model, 2), weight: 3 }]
    const evaluator = engines[backend].createCoalitionEvaluator({ model, base, updates, data })
    expect(evaluator.evaluate(0n)).toEqual(engines[backend].evaluate(model, base, data))
    evaluator.dispose()
  })
})

describe('createCoalitionEvaluator', () => {
  const model = MODELS['three layers']
  const start = () => {
    const base = engines.wasm.initialWeights(model, 1)
    const updates = [2, 3].map((seed) => ({
      weights: engines.wasm.initialWeights(model, seed),
      weight: 1,
    }))
    return { model, base, updates, data }
  }

  it('gives the same values in any order and again', () => {
    const evaluator = engines.wasm.createCoalitionEvaluator(start())
    const forth = [0n, 1n, 2n, 3n].map((c) => evaluator.evaluate(c))
    const back = [3n, 2n, 1n, 0n].map((c) => evaluator.evaluate(c))
    expect(back.reverse()).toEqual(forth)
    evaluator.dispose()
  })

  it('refuses a coalition of updates that do not exist', () => {
    const evaluator = engines.wasm.createCoalitionEvaluator(start())
    expect(() => evaluator.evaluate(4n)).toThrow('beyond the 2 given')
    expect(() => evaluator.evaluate(-1n)).toThrow('beyond the 2 given')
    evaluator.dispose()
  })

  it('T21: refuses updates with NaN, other shapes or a weight that is not positive', () => {
    const make = (change: (options: ReturnType<typeof start>) => object) => () =>
      engines.wasm.createCoalitionEvaluator({ ...start(), ...change(start()) })
    const before = tf.memory().numTensors
    expect(
      make(({ updates: [first] }) => {
        first?.weights.values.fill(Number.NaN, 7, 8)
        return { updates: [first] }
      }),
    ).toThrow('value 7 is NaN')
    expect(make(({ updates }) => ({ updates: updates.map((u) => ({ ...u, weight: 0 })) }))).toThrow(
      'weight is 0',
    )
    const other = engines.wasm.initialWeights(MODELS['one layer'], 1)
    expect(make(() => ({ updates: [{ weights: other, weight: 1 }] }))).toThrow('Shapes differ')
    expect(tf.memory().numTensors).toBe(before)
  })

  it('keeps nothing of a federation too large to keep, with the same values', () => {
    const wide = sequential([dense(1_000, 'relu'), dense(2, 'softmax')], {
      featureShape: [1],
      classes: 2,
    })
    const many = blobs({ count: 900, featureShape: [1], classes: 2, seed: 1 })
    const base = engines.wasm.initialWeights(wide, 1)
    const updates = Array.from({ length: 40 }, (_, i) => ({
      weights: engines.wasm.initialWeights(wide, i),
      weight: i + 1,
    }))
    const before = tf.memory().numTensors
    const options = { model: wide, base, updates, data: many }
    const evaluator = engines.wasm.createCoalitionEvaluator(options)
    expect(tf.memory().numTensors).toBe(before)
    const pair = [updates[3], updates[39]].filter((update) => update !== undefined)
    expect(evaluator.evaluate((1n << 39n) | (1n << 3n))).toEqual(
      engines.wasm.evaluate(wide, weightedMean(pair), many),
    )
    evaluator.dispose()
  })
})
