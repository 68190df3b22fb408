import { type LayerSpec, MAX_MODEL_LAYERS, type ModelSpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { EngineError } from '../../../src/errors.ts'
import { planModel } from '../../../src/models/model-plan.ts'
import { dense, sequential } from '../fixtures.ts'

const FLATTEN: LayerSpec = { className: 'Flatten', config: {} }
const DIGITS = { featureShape: [28, 28], classes: 10 }

function refusal(model: ModelSpec): string {
  try {
    planModel(model)
  } catch (error) {
    expect(error).toBeInstanceOf(EngineError)
    expect((error as EngineError).code).toBe('UNSUPPORTED_MODEL')
    return (error as EngineError).message
  }
  return 'accepted'
}

describe('planModel', () => {
  it('lays out 2NN as TensorFlow.js names it', () => {
    const plan = planModel(
      sequential([FLATTEN, dense(200, 'relu'), dense(200, 'relu'), dense(10, 'softmax')], DIGITS),
    )
    expect(plan.size).toBe(199_210)
    expect(plan.specs).toEqual([
      { name: 'dense_1/kernel', shape: [784, 200] },
      { name: 'dense_1/bias', shape: [200] },
      { name: 'dense_2/kernel', shape: [200, 200] },
      { name: 'dense_2/bias', shape: [200] },
      { name: 'dense_3/kernel', shape: [200, 10] },
      { name: 'dense_3/bias', shape: [10] },
    ])
    expect(plan.stack?.dense.map((layer) => layer.kernelOffset)).toEqual([0, 157_000, 197_200])
  })

  it('leaves out the bias where useBias is false', () => {
    const plan = planModel(
      sequential([dense(3, 'tanh', false), dense(2, 'softmax', false)], {
        featureShape: [4],
        classes: 2,
      }),
    )
    expect(plan.specs.map(({ name }) => name)).toEqual(['dense_1/kernel', 'dense_2/kernel'])
    expect(plan.size).toBe(18)
  })

  it('T20: refuses parameter bombs before anything is allocated', () => {
    const bombs = [
      [dense(1e12, 'relu'), dense(10, 'softmax')],
      [dense(1e9, 'relu'), dense(1e9, 'relu'), dense(10, 'softmax')],
      [dense(Number.NaN, 'relu'), dense(10, 'softmax')],
      [dense(0, 'relu'), dense(10, 'softmax')],
      [dense(-5, 'relu'), dense(10, 'softmax')],
      [dense(2.5, 'relu'), dense(10, 'softmax')],
    ]
    for (const layers of bombs)
      expect(refusal(sequential([FLATTEN, ...layers], DIGITS))).toContain('Model refused')
    const deep = Array.from({ length: MAX_MODEL_LAYERS }, () => dense(10, 'relu'))
    expect(refusal(sequential([FLATTEN, ...deep, dense(10, 'softmax')], DIGITS))).toContain(
      'model.layers: got a list',
    )
    expect(
      refusal({ ...sequential([FLATTEN, dense(10, 'softmax')], DIGITS), featureShape: [1e9, 1e9] }),
    ).toContain('numbers a row')
  })

  it('T20: refuses layers and activations outside the allow-list', () => {
    const lambda = { className: 'Lambda', config: { function: 'x => x' } } as unknown as LayerSpec
    const hostile = {
      className: 'Dense',
      config: { units: 4, activation: '__proto__' },
    } as unknown as LayerSpec
    expect(refusal(sequential([FLATTEN, lambda, dense(10, 'softmax')], DIGITS))).toContain(
      'model.layers.1.className: got "Lambda", expected one of "Dense"',
    )
    expect(refusal(sequential([FLATTEN, hostile, dense(10, 'softmax')], DIGITS))).toContain(
      'got "__proto__"',
    )
    const functional = {
      ...DIGITS,
      topology: { className: 'Functional', layers: [FLATTEN] },
    } as unknown as ModelSpec
    expect(refusal(functional)).toContain('Sequential')
  })

  it.each([
    ['no layer', []],
    ['a last layer without softmax', [FLATTEN, dense(10, 'relu')]],
    ['softmax in the middle', [FLATTEN, dense(5, 'softmax'), dense(10, 'softmax')]],
    ['another number of classes', [FLATTEN, dense(9, 'softmax')]],
    ['features that nobody flattens', [dense(10, 'softmax')]],
  ])('refuses %s', (_, layers) => {
    expect(refusal(sequential(layers, DIGITS))).not.toBe('accepted')
  })
})
