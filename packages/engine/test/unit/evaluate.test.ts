import * as tf from '@tensorflow/tfjs-core'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { pickTargets } from '../../src/data/pick-targets.ts'
import { planModel } from '../../src/models/model-plan.ts'
import { rowBatches } from '../../src/models/row-batches.ts'
import type { BackendName, Engine } from '../../src/types.ts'
import { blobs, dense, sequential } from './fixtures.ts'
import { referenceEvaluation } from './reference-loss.ts'

const model = sequential([dense(9, 'relu'), dense(4, 'softmax')], { featureShape: [6], classes: 4 })
const plan = planModel(model)

const engines = {} as Record<BackendName, Engine>
beforeAll(async () => {
  engines.cpu = await createEngine({ backend: 'cpu' })
  engines.wasm = await createEngine({ backend: 'wasm' })
})

describe.each(['cpu', 'wasm'] as const)('evaluate on %s', (backend) => {
  it('agrees with a naive f64 evaluation', () => {
    const engine = engines[backend]
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e6 }),
        fc.integer({ min: 1, max: 60 }),
        (seed, count) => {
          const data = blobs({ count, featureShape: [6], classes: 4, seed })
          const weights = engine.initialWeights(model, seed)
          const expected = referenceEvaluation(plan, weights.values, data)
          const actual = engine.evaluate(model, weights, data)
          expect(actual.loss).toBeCloseTo(expected.loss, 5)
          expect(actual.metrics.accuracy).toBe(expected.accuracy)
        },
      ),
      { numRuns: 25, seed: 3 },
    )
  })

  it('leaves no tensor behind, also when it fails', () => {
    const data = blobs({ count: 30, featureShape: [6], classes: 4, seed: 1 })
    const weights = engines[backend].initialWeights(model, 1)
    const before = tf.memory().numTensors
    engines[backend].evaluate(model, weights, data)
    weights.values.fill(Number.NaN)
    expect(() => engines[backend].evaluate(model, weights, data)).toThrow('evaluation loss')
    expect(tf.memory().numTensors).toBe(before)
  })

  it('stays exact for logits that overflow an exponential', () => {
    const data = blobs({ count: 30, featureShape: [6], classes: 4, seed: 1 })
    const weights = engines[backend].initialWeights(model, 1)
    weights.values.forEach((weight, i) => {
      weights.values[i] = weight * 200
    })
    const { loss } = engines[backend].evaluate(model, weights, data)
    expect(loss).toBeGreaterThan(710)
    expect(Number.isFinite(loss)).toBe(true)
  })
})

describe('evaluate', () => {
  it('gives the same whether rows fit one batch or several', () => {
    const wide = sequential([dense(3, 'relu'), dense(2, 'softmax')], {
      featureShape: [60_000],
      classes: 2,
    })
    const data = blobs({ count: 40, featureShape: [60_000], classes: 2, seed: 1 })
    const half = (start: number) => ({
      ...data,
      count: 20,
      features: data.features.subarray(start * 60_000, (start + 20) * 60_000),
      targets: pickTargets(
        data.targets,
        Array.from({ length: 20 }, (_, i) => start + i),
      ),
    })
    expect(rowBatches(planModel(wide), data.count).length).toBeGreaterThan(1)
    const weights = engines.wasm.initialWeights(wide, 1)
    const whole = engines.wasm.evaluate(wide, weights, data)
    const [first, second] = [half(0), half(20)].map((part) =>
      engines.wasm.evaluate(wide, weights, part),
    )
    const accuracies = [first, second].map((report) => report?.metrics.accuracy ?? Number.NaN)
    expect(whole.metrics.accuracy).toBeCloseTo(
      ((accuracies[0] ?? 0) + (accuracies[1] ?? 0)) / 2,
      12,
    )
    expect(whole.loss).toBeCloseTo(((first?.loss ?? 0) + (second?.loss ?? 0)) / 2, 9)
  })
})
