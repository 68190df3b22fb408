import { describe, expect, it } from 'vitest'
import { countValues } from '../../../src/codec/weights.ts'
import { layerShape } from '../../../src/manifest/layer-shape.ts'
import { sizeOfModel } from '../../../src/manifest/topology.ts'
import type { LayerSpec, ModelTopology } from '../../../src/manifest/topology-types.ts'

/** Output shapes and numbers of weights as tf.sequential() of @tensorflow/tfjs-layers 4.22.0 states them for the same config. */
const STOCK: readonly [LayerSpec, readonly number[], readonly number[], number][] = [
  [{ className: 'Dense', config: { units: 3 } }, [5], [3], 18],
  [{ className: 'Dense', config: { units: 3, useBias: false } }, [5], [3], 15],
  [{ className: 'Flatten', config: {} }, [4, 5], [20], 0],
  [{ className: 'Reshape', config: { targetShape: [2, 10] } }, [4, 5], [2, 10], 0],
  [{ className: 'Dropout', config: { rate: 0.5 } }, [4, 5], [4, 5], 0],
  [{ className: 'LayerNormalization', config: {} }, [4, 5], [4, 5], 10],
  [{ className: 'Conv2D', config: { filters: 6, kernelSize: 3 } }, [9, 8, 2], [7, 6, 6], 114],
  [
    { className: 'Conv2D', config: { filters: 6, kernelSize: 3, strides: 2, padding: 'same' } },
    [9, 8, 2],
    [5, 4, 6],
    114,
  ],
  [
    { className: 'DepthwiseConv2D', config: { kernelSize: 3, depthMultiplier: 2 } },
    [9, 8, 2],
    [7, 6, 4],
    40,
  ],
  [{ className: 'Conv1D', config: { filters: 6, kernelSize: 3 } }, [9, 2], [7, 6], 42],
  [{ className: 'MaxPooling2D', config: { poolSize: 2 } }, [9, 8, 2], [4, 4, 2], 0],
  [{ className: 'AveragePooling1D', config: { poolSize: 3 } }, [10, 2], [3, 2], 0],
  [{ className: 'GlobalAveragePooling1D', config: {} }, [10, 2], [2], 0],
  [{ className: 'GlobalMaxPooling2D', config: {} }, [10, 4, 2], [2], 0],
  [{ className: 'LSTM', config: { units: 7 } }, [10, 2], [7], 280],
  [{ className: 'GRU', config: { units: 7, returnSequences: true } }, [10, 2], [10, 7], 210],
  [{ className: 'Embedding', config: { inputDim: 100, outputDim: 8 } }, [12], [12, 8], 800],
]

describe('a layer', () => {
  it.each(STOCK)('%j makes of %j what TensorFlow.js does', (spec, input, output, weights) => {
    const made = layerShape(spec, input)
    expect(made).toMatchObject({ output })
    expect('tensors' in made && countValues(made.tensors)).toBe(weights)
  })

  it.each<[LayerSpec, readonly number[], RegExp]>([
    [{ className: 'Dense', config: { units: 3 } }, [4, 5], /flat rows/],
    [{ className: 'Reshape', config: { targetShape: [3] } }, [4], /a targetShape of 4 values/],
    [{ className: 'Conv2D', config: { filters: 1, kernelSize: 9 } }, [8, 8, 1], /at least 9/],
    [{ className: 'Conv1D', config: { filters: 1, kernelSize: 2 } }, [8], /\[steps, channels\]/],
    [{ className: 'MaxPooling2D', config: { poolSize: 2 } }, [8, 2], /\[height, width, channels\]/],
    [{ className: 'GRU', config: { units: 2 } }, [8], /\[steps, channels\]/],
    [
      { className: 'Embedding', config: { inputDim: 9, outputDim: 2 } },
      [8, 1],
      /rows of token ids/,
    ],
  ])('%j refuses rows of %j and says what it needs', (spec, input, needs) => {
    expect(layerShape(spec, input)).toEqual({ needs: expect.stringMatching(needs) })
  })
})

describe('the size of a model with convolutions', () => {
  it('is that of the CNN of McMahan et al. 2017', () => {
    const convolution = (filters: number): LayerSpec => ({
      className: 'Conv2D',
      config: { filters, kernelSize: 5, padding: 'same', activation: 'relu' },
    })
    const pooling: LayerSpec = { className: 'MaxPooling2D', config: { poolSize: 2 } }
    const cnn: ModelTopology = {
      className: 'Sequential',
      layers: [
        ...[convolution(32), pooling, convolution(64), pooling],
        { className: 'Flatten', config: {} },
        { className: 'Dense', config: { units: 512, activation: 'relu' } },
        { className: 'Dense', config: { units: 10, activation: 'softmax' } },
      ],
    }
    expect(sizeOfModel(cnn, [28, 28, 1]).weights).toBe(1_663_370)
  })
})
