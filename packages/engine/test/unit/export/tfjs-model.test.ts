import type { ModelSpec } from '@fednode/protocol'
import * as tf from '@tensorflow/tfjs-core'
import { loadLayersModel } from '@tensorflow/tfjs-layers'
import { describe, expect, it } from 'vitest'
import { type TfjsModel, tfjsModel } from '../../../src/export/tfjs-model.ts'
import { exportedSample } from './exported-sample.ts'
import { PRESETS } from './presets.ts'
import { reconstructionError } from './reconstruction-error.ts'

const TOLERANCE = 1e-5

/** What a browser makes of model.json and the file that it names. */
function ioOf({ json, weights }: TfjsModel): tf.io.IOHandler {
  const { modelTopology, weightsManifest, format } = JSON.parse(json)
  return tf.io.fromMemory({
    format,
    modelTopology,
    weightSpecs: weightsManifest[0].weights,
    weightData: Uint8Array.from(weights).buffer,
  })
}

/** A model whose file TensorFlow.js can read: see the test that refuses the others. */
function withoutGelu(model: ModelSpec): ModelSpec {
  return JSON.parse(JSON.stringify(model).replaceAll('"gelu"', '"tanh"'))
}

describe('tfjsModel', () => {
  it.each(Object.entries(PRESETS))(
    'writes %s so that loadLayersModel predicts as the engine does',
    async (_, model) => {
      const { exported, rows, predictions } = await exportedSample(withoutGelu(model))
      const loaded = await loadLayersModel(ioOf(tfjsModel(exported)))
      const input = tf.tensor(rows.features, [rows.count, ...rows.featureShape])
      const output = loaded.predict(input) as tf.Tensor
      const outputs = output.dataSync<'float32'>()
      tf.dispose([input, output])
      loaded.dispose()
      const isCopy = model.objective.kind === 'reconstruction'
      const actual = isCopy
        ? reconstructionError(outputs, rows.features, rows.count)
        : Array.from(outputs)
      expect(actual).toHaveLength(predictions.length)
      predictions.forEach((expected, i) => {
        expect(Math.abs((actual[i] as number) - expected)).toBeLessThanOrEqual(TOLERANCE)
      })
    },
  )

  it('refuses the tanh form of GELU, which loadLayersModel does not find by its name', async () => {
    const { exported } = await exportedSample(PRESETS['CNN of images'])
    expect(() => tfjsModel(exported)).toThrow(
      expect.objectContaining({
        code: 'UNSUPPORTED_MODEL',
        message: expect.stringContaining('export onnx or safetensors'),
      }),
    )
  })

  it('names its weights as the federation does, and carries the notes', async () => {
    const { exported } = await exportedSample(PRESETS.LSTM)
    const { json, weights } = tfjsModel(exported)
    const document = JSON.parse(json)
    const names = document.weightsManifest[0].weights.map(({ name }: { name: string }) => name)
    expect(names).toEqual(exported.weights.specs.map(({ name }) => name))
    expect(document.weightsManifest[0].paths).toEqual(['weights.bin'])
    expect(weights).toHaveLength(4 * exported.weights.values.length)
    expect(document.userDefinedMetadata).toEqual({ federation: 'hearts', round: '7' })
  })
})
