import { createEngine, tfjsModel } from '@fednode/engine'
import type { ModelTopology } from '@fednode/protocol'
import { describe, expect, it } from 'vitest'
import { tfjsTopology } from '../../../src/start/tfjs-topology.ts'

/** A layer as model.json has it. */
function sequential(className: string, config: object): unknown {
  const layer = { class_name: className, config: { name: 'a', trainable: true, ...config } }
  return { class_name: 'Sequential', config: { name: 'b', layers: [layer] } }
}

describe('layers of a model.json', () => {
  it.each<[string, readonly number[], ModelTopology['layers']]>([
    [
      'an image classifier',
      [8, 8, 1],
      [
        {
          className: 'Conv2D',
          config: { filters: 2, kernelSize: 3, strides: 1, padding: 'same', activation: 'relu' },
        },
        {
          className: 'DepthwiseConv2D',
          config: { kernelSize: 3, activation: 'elu', useBias: false },
        },
        { className: 'MaxPooling2D', config: { poolSize: 2 } },
        { className: 'Flatten', config: {} },
        { className: 'Dropout', config: { rate: 0.25 } },
        { className: 'Dense', config: { units: 2, activation: 'softmax' } },
      ],
    ],
    [
      'a recurrent one',
      [6, 3],
      [
        { className: 'LSTM', config: { units: 4, returnSequences: true } },
        { className: 'LayerNormalization', config: { epsilon: 0.001 } },
        { className: 'GRU', config: { units: 2 } },
        { className: 'Reshape', config: { targetShape: [2, 1] } },
        { className: 'Flatten', config: {} },
        { className: 'Dense', config: { units: 2, activation: 'softmax' } },
      ],
    ],
  ])('are those that were written: %s', async (_, featureShape, layers) => {
    const topology = { className: 'Sequential', layers } as const
    const model = { topology, featureShape, objective: { kind: 'classes', classes: 2 } } as const
    const engine = await createEngine({ backend: 'cpu' })
    const weights = engine.initialWeights(model, 1)
    engine.dispose()
    const { modelTopology } = JSON.parse(tfjsModel({ model, weights, notes: {} }).json)
    const read = tfjsTopology(modelTopology, 'model.json')
    expect(read).toEqual(topology)
    // As the converter of TensorFlow.js wraps a model of Keras.
    expect(tfjsTopology({ model_config: modelTopology }, 'model.json')).toEqual(read)
  })

  it('have square kernels in either spelling', () => {
    const config = { filters: 2, kernel_size: [3, 3], strides: [2, 2], dilation_rate: [1, 1] }
    expect(tfjsTopology(sequential('Conv2D', config), 'a').layers).toEqual([
      { className: 'Conv2D', config: { filters: 2, kernelSize: 3, strides: 2 } },
    ])
  })

  it.each<[string, string, object, string]>([
    ['a kernel that is no square', 'Conv2D', { filters: 2, kernel_size: [3, 5] }, 'kernelSize'],
    [
      'holes in a kernel',
      'Conv2D',
      { filters: 2, kernel_size: 3, dilation_rate: 2 },
      'dilation_rate 2',
    ],
    ['windows that overlap', 'MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }, 'strides 2'],
    ['a hard sigmoid', 'LSTM', { units: 2, recurrent_activation: 'hard_sigmoid' }, 'hard_sigmoid'],
    ['a gate after the product', 'GRU', { units: 2, reset_after: true }, 'reset_after true'],
    ['the exact gelu', 'Dense', { units: 2, activation: 'gelu' }, 'the exact gelu'],
    ['running statistics', 'BatchNormalization', {}, 'BatchNormalization'],
  ])('are refused with %s', (_, className, config, said) => {
    const expected = expect.objectContaining({
      code: 'BAD_START',
      message: expect.stringContaining(said),
    })
    expect(() => tfjsTopology(sequential(className, config), 'a')).toThrow(expected)
  })

  it('are refused in a graph that is no chain', () => {
    const expected = expect.objectContaining({ code: 'BAD_START' })
    expect(() => tfjsTopology({ class_name: 'Functional', config: {} }, 'a')).toThrow(expected)
  })
})
