import type { Weights } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import type { BackendName, CoalitionModel, Engine } from '../../../src/types.ts'
import { blobs, dense, sequential } from '../fixtures.ts'

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

const combination = (...coefficients: number[]): CoalitionModel => ({
  kind: 'combination',
  coefficients: Float64Array.from(coefficients),
})

/** base + sum_i c_i (x_i - base) as written, in f64. */
function combined(base: Weights, updates: readonly Weights[], coefficients: readonly number[]) {
  const values = base.values.map((start, k) =>
    updates.reduce(
      (sum, { values: own }, i) => sum + (coefficients[i] ?? 0) * ((own[k] ?? 0) - start),
      start,
    ),
  )
  return { specs: base.specs, values }
}

const scenario = fc.integer({ min: 1, max: 5 }).chain((count) =>
  fc.record({
    name: fc.constantFrom('three layers' as const, 'one layer' as const, 'no bias' as const),
    coalitions: fc.array(
      fc.array(fc.oneof(fc.constant(0), fc.double({ min: -0.5, max: 1.5, noNaN: true })), {
        minLength: count,
        maxLength: count,
      }),
      { minLength: 1, maxLength: 4 },
    ),
    seed: fc.integer({ min: 0, max: 1e6 }),
    spread: fc.constantFrom(0.5, 1, 4),
  }),
)

describe.each(['cpu', 'wasm'] as const)('createCoalitionEvaluator on %s', (backend) => {
  it('agrees with evaluating the combined weights', async () => {
    const engine = engines[backend]
    const wrong: number[] = []
    const agree = fc.asyncProperty(scenario, async ({ name, coalitions, seed, spread }) => {
      const model = MODELS[name]
      const base = engine.initialWeights(model, seed)
      const updates = (coalitions[0] ?? []).map((_, i) => {
        const { specs, values } = engine.initialWeights(model, seed + i + 1)
        return { specs, values: values.map((w) => w * spread) }
      })
      const before = tf.memory().numTensors
      const scoring = { utility: 'accuracy' } as const
      const evaluator = engine.createCoalitionEvaluator({ model, base, updates, data, ...scoring })
      const evaluations = await evaluator.evaluate(coalitions.map((c) => combination(...c)))
      coalitions.forEach((coefficients, i) => {
        const mean = combined(base, updates, coefficients)
        const expected = engine.evaluate(model, mean, data, scoring)
        const actual = evaluations[i] ?? expect.unreachable()
        expect(Math.abs(actual.loss - expected.loss)).toBeLessThan(1e-5)
        wrong.push(Math.abs(actual.utility - expected.utility))
      })
      await evaluator.dispose()
      expect(tf.memory().numTensors).toBe(before)
    })
    await fc.assert(agree, { numRuns: 25, seed: 4 })
    // Two logits may tie within rounding: one row of 150 at most, and nearly never.
    expect(Math.max(...wrong)).toBeLessThanOrEqual(1 / 150 + 1e-12)
    expect(wrong.filter((difference) => difference > 0).length).toBeLessThanOrEqual(
      0.02 * wrong.length,
    )
  })

  it('evaluates whole models and the incoming one to the same bits as evaluate()', async () => {
    const engine = engines[backend]
    const model = MODELS['three layers']
    const [base, update, other] = [1, 2, 3].map((seed) => engine.initialWeights(model, seed))
    if (base === undefined || update === undefined || other === undefined) expect.unreachable()
    const scoring = { utility: 'auc', classWise: true } as const
    const evaluator = engine.createCoalitionEvaluator({
      model,
      base,
      updates: [update],
      data,
      ...scoring,
    })
    const actual = await evaluator.evaluate([
      combination(0),
      { kind: 'weights', values: other.values },
    ])
    const expected = [base, other].map((weights) => {
      const { metrics: _, ...evaluation } = engine.evaluate(model, weights, data, scoring)
      return evaluation
    })
    expect(actual).toEqual(expected)
    expect(actual[0]?.classes).toHaveLength(5)
    await evaluator.dispose()
  })
})

describe('createCoalitionEvaluator', () => {
  const model = MODELS['three layers']
  const start = () => {
    const base = engines.wasm.initialWeights(model, 1)
    const updates = [2, 3].map((seed) => engines.wasm.initialWeights(model, seed))
    return { model, base, updates, data }
  }
  const FOUR = [
    combination(0, 0),
    combination(1, 0),
    combination(0, 1),
    combination(0.25, 0.75),
  ] as const

  it('gives the same bits in any order, in one batch or several, and at the same time', async () => {
    const evaluator = engines.wasm.createCoalitionEvaluator(start())
    const together = await evaluator.evaluate(FOUR)
    const back = await evaluator.evaluate(FOUR.toReversed())
    expect(back.toReversed()).toEqual(together)
    const apart = await Promise.all(FOUR.map((model) => evaluator.evaluate([model])))
    expect(apart.flat()).toEqual(together)
    await evaluator.dispose()
  })

  it('refuses coefficients or weights of another length, or that are not finite', async () => {
    const evaluator = engines.wasm.createCoalitionEvaluator(start())
    const refused = (model: CoalitionModel) => expect(evaluator.evaluate([model])).rejects
    await refused(combination(1)).toThrow('has 1 coefficients, not 2')
    await refused(combination(1, Number.NaN)).toThrow('value 1 is NaN')
    await refused({ kind: 'weights', values: new Float32Array(3) }).toThrow('has 3 values, not 473')
    await refused({
      kind: 'weights',
      values: new Float32Array(473).fill(Number.POSITIVE_INFINITY),
    }).toThrow('value 0 is Infinity')
    await evaluator.dispose()
  })

  it('T21: refuses updates with NaN or other shapes', () => {
    const make = (change: (options: ReturnType<typeof start>) => object) => () =>
      engines.wasm.createCoalitionEvaluator({ ...start(), ...change(start()) })
    const before = tf.memory().numTensors
    expect(
      make(({ updates: [first] }) => {
        first?.values.fill(Number.NaN, 7, 8)
        return { updates: [first] }
      }),
    ).toThrow('value 7 is NaN')
    const other = engines.wasm.initialWeights(MODELS['one layer'], 1)
    expect(make(() => ({ updates: [other] }))).toThrow('Shapes differ')
    expect(make(() => ({ base: other }))).toThrow('Shapes differ')
    expect(tf.memory().numTensors).toBe(before)
  })

  it('keeps nothing of a federation too large to keep, with the same values', async () => {
    const wide = sequential([dense(1_000, 'relu'), dense(2, 'softmax')], {
      featureShape: [45],
      classes: 2,
    })
    const many = blobs({ count: 900, featureShape: [45], classes: 2, seed: 1 })
    const base = engines.wasm.initialWeights(wide, 1)
    const updates = Array.from({ length: 40 }, (_, i) => engines.wasm.initialWeights(wide, i))
    const before = tf.memory().numTensors
    const evaluator = engines.wasm.createCoalitionEvaluator({
      model: wide,
      base,
      updates,
      data: many,
    })
    const coefficients = updates.map((_, i) => (i === 3 || i === 39 ? 0.5 : 0))
    const [actual] = await evaluator.evaluate([combination(...coefficients)])
    expect(tf.memory().numTensors).toBe(before)
    const mean = combined(base, updates, coefficients)
    expect(actual?.loss).toBeCloseTo(engines.wasm.evaluate(wide, mean, many).loss, 5)
    await evaluator.dispose()
  })

  it('lets other work happen between evaluations, and stops when told to', async () => {
    const before = tf.memory().numTensors
    const evaluator = engines.wasm.createCoalitionEvaluator(start())
    const stop = new AbortController()
    let turns = 0
    const count = (): void => {
      if (++turns === 5) stop.abort(new Error('enough'))
      if (turns < 50) setImmediate(count)
    }
    setImmediate(count)
    const many = Array.from({ length: 2_000 }, () => combination(1, 0))
    await expect(evaluator.evaluate(many, stop.signal)).rejects.toThrow('enough')
    expect(await evaluator.evaluate([combination(1, 0)])).toHaveLength(1)
    await expect(evaluator.evaluate(FOUR, stop.signal)).rejects.toThrow('enough')
    await evaluator.dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses what is being evaluated and what comes later once it is disposed', async () => {
    const before = tf.memory().numTensors
    const evaluator = engines.wasm.createCoalitionEvaluator(start())
    const running = evaluator.evaluate(FOUR)
    const refused = expect(running).rejects.toThrow('was disposed')
    await evaluator.dispose()
    await evaluator.dispose()
    await refused
    await expect(evaluator.evaluate(FOUR)).rejects.toMatchObject({ code: 'ENGINE_DISPOSED' })
    expect(tf.memory().numTensors).toBe(before)
  })

  it('refuses a number of threads that is none', () => {
    for (const threads of [0, -1, 1.5, Number.NaN])
      expect(() => engines.wasm.createCoalitionEvaluator({ ...start(), threads })).toThrow(
        `${threads} threads, not a positive integer`,
      )
  })

  it('refuses a model whose loss is not finite', async () => {
    const evaluator = engines.wasm.createCoalitionEvaluator(start())
    await expect(evaluator.evaluate([combination(3e38, 0)])).rejects.toMatchObject({
      code: 'NOT_FINITE',
    })
    await evaluator.dispose()
  })
})
