import { describe, expect, it } from 'vitest'
import { initialWeights } from '../../../src/models/initial-weights.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import { dense, sequential } from '../fixtures.ts'

const plan = planModel(
  sequential([dense(30, 'relu'), dense(3, 'softmax')], { featureShape: [50], classes: 3 }),
)

describe('initialWeights', () => {
  it('draws kernels within the Glorot limit and fills it', () => {
    const { values } = initialWeights(plan, 3)
    const kernel = [...values.subarray(0, 1_500)]
    const limit = Math.sqrt(6 / 80)
    expect(Math.max(...kernel.map(Math.abs))).toBeLessThanOrEqual(Math.fround(limit))
    expect(Math.max(...kernel)).toBeGreaterThan(0.98 * limit)
    expect(Math.min(...kernel)).toBeLessThan(-0.98 * limit)
    const variance = kernel.reduce((sum, w) => sum + w * w, 0) / kernel.length
    expect(variance / (limit ** 2 / 3)).toBeCloseTo(1, 1)
  })

  it('starts biases at zero', () => {
    const { values } = initialWeights(plan, 3)
    expect([...values.subarray(1_500, 1_530)].every((bias) => bias === 0)).toBe(true)
    expect([...values.subarray(1_620)]).toEqual([0, 0, 0])
  })

  it('depends on the seed alone', () => {
    expect(initialWeights(plan, 3)).toEqual(initialWeights(plan, 3))
    expect(initialWeights(plan, 3)).not.toEqual(initialWeights(plan, 4))
  })

  it.each([
    ['a logistic regression', true, [dense(3, 'softmax')]],
    ['a hidden layer', false, [dense(4, 'relu'), dense(3, 'softmax')]],
  ])('starts the kernel of %s at zero: %j', (_, isZero, layers) => {
    const model = planModel(sequential(layers, { featureShape: [5], classes: 3 }))
    const { values } = initialWeights(model, 3)
    expect(values.every((value) => value === 0)).toBe(isZero)
  })

  it('leaves a lone layer that bends at random, where zero would stay zero', () => {
    const model = planModel({
      topology: { className: 'Sequential', layers: [dense(1, 'relu')] },
      featureShape: [5],
      objective: { kind: 'value', loss: 'mse' },
    })
    expect(initialWeights(model, 3).values.some((value) => value !== 0)).toBe(true)
  })
})
