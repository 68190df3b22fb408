import type { LayerSpec } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { planModel } from '../../../src/models/model-plan.ts'
import { conv, dense, FLATTEN, MCMAHAN_CNN, pool, sequential } from '../fixtures.ts'

const IMAGES = { featureShape: [9, 7, 2], classes: 3 }
const HEAD = [FLATTEN, dense(3, 'softmax')]

const refused = (...layers: LayerSpec[]) => {
  const plan = () => planModel(sequential([...layers, ...HEAD], IMAGES))
  return expect(plan)
}

describe('planModel of convolutions', () => {
  it("lays out McMahan's CNN as TensorFlow.js names it", () => {
    const plan = planModel(MCMAHAN_CNN)
    expect(plan.size).toBe(1_663_370)
    expect(plan.specs).toEqual([
      { name: 'conv2d_1/kernel', shape: [5, 5, 1, 32] },
      { name: 'conv2d_1/bias', shape: [32] },
      { name: 'conv2d_2/kernel', shape: [5, 5, 32, 64] },
      { name: 'conv2d_2/bias', shape: [64] },
      { name: 'dense_1/kernel', shape: [3_136, 512] },
      { name: 'dense_1/bias', shape: [512] },
      { name: 'dense_2/kernel', shape: [512, 10] },
      { name: 'dense_2/bias', shape: [10] },
    ])
    expect(plan.inputs).toBe(784)
  })

  it('follows padding, strides and windows that leave rows over', () => {
    const shapes = (...layers: LayerSpec[]) =>
      planModel(sequential([...layers, ...HEAD], IMAGES)).stack?.spatial.map(({ output }) => output)
    expect(shapes(conv(4, 3), pool(2))).toEqual([
      [7, 5, 4],
      [3, 2, 4],
    ])
    expect(shapes(conv(4, 3, { padding: 'same', strides: 2 }))).toEqual([[5, 4, 4]])
    expect(shapes(conv(4, 3, { strides: 3 }))).toEqual([[3, 2, 4]])
    expect(shapes(pool(3))).toEqual([[3, 2, 2]])
  })

  it('T20: refuses what has no size, is too large or is in the wrong place', () => {
    refused(conv(4, 8)).toThrow('at least 8 in every dimension')
    refused(pool(8)).toThrow('at least 8 in every dimension')
    refused(conv(1e9, 3)).toThrow('model.layers.0.config.filters')
    refused(conv(1e6, 3), conv(1e6, 3)).toThrow('at most 1000000000 weights')
    refused(conv(0, 3)).toThrow('got 0')
    refused(conv(4, 1.5)).toThrow('got 1.5')
    refused(conv(4, 3, { strides: -1 })).toThrow('got -1')
    refused(pool(Number.NaN)).toThrow('got NaN')
    refused(FLATTEN, conv(4, 3)).toThrow('rows of shape [height, width, channels]')
    const hostile = { padding: 'causal' } as unknown as { padding: 'same' }
    refused(conv(4, 3, hostile)).toThrow('got "causal"')
    expect(() =>
      planModel({ ...sequential([conv(4, 3), ...HEAD], IMAGES), featureShape: [9, 7] }),
    ).toThrow('[height, width, channels]')
    expect(() => planModel(sequential([conv(4, 3)], IMAGES))).toThrow('"Dense" as the last layer')
    expect(() => planModel(sequential([conv(4, 3), dense(3, 'softmax')], IMAGES))).toThrow(
      'put Flatten or a global pooling before it',
    )
  })
})
