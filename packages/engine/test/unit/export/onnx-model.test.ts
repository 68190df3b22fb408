import { InferenceSession, Tensor } from 'onnxruntime-node'
import { describe, expect, it } from 'vitest'
import { onnxModel } from '../../../src/export/onnx/onnx-model.ts'
import { exportedSample } from './exported-sample.ts'
import { PRESETS } from './presets.ts'
import { reconstructionError } from './reconstruction-error.ts'

const TOLERANCE = 1e-5

describe('onnxModel', () => {
  it.each(Object.entries(PRESETS))(
    'writes %s so that ONNX Runtime predicts as the engine does',
    async (_, model) => {
      const { exported, rows, predictions } = await exportedSample(model)
      const session = await InferenceSession.create(onnxModel(exported))
      const input = new Tensor('float32', rows.features, [rows.count, ...rows.featureShape])
      const answer = await session.run({ rows: input })
      const [name = ''] = session.outputNames
      const { data } = answer[name] as Tensor
      const outputs = data as Float32Array
      const isCopy = model.objective.kind === 'reconstruction'
      const actual = isCopy
        ? reconstructionError(outputs, rows.features, rows.count)
        : Array.from(outputs)
      expect(actual).toHaveLength(predictions.length)
      predictions.forEach((expected, i) => {
        expect(Math.abs((actual[i] as number) - expected)).toBeLessThanOrEqual(TOLERANCE)
      })
      await session.release()
    },
  )

  it('names input, output and notes, and leaves the number of rows open', async () => {
    const { exported } = await exportedSample(PRESETS.LSTM)
    const bytes = onnxModel(exported)
    const session = await InferenceSession.create(bytes)
    expect(session.inputNames).toEqual(['rows'])
    expect(session.outputNames).toEqual(['values'])
    expect(session.inputMetadata).toMatchObject([{ type: 'float32', shape: ['n', 7, 2] }])
    expect(Buffer.from(bytes).toString('latin1')).toContain('federation\x12\x06hearts')
    await session.release()
  })

  it('refuses weights of another model', async () => {
    const { exported } = await exportedSample(PRESETS.LSTM)
    const model = PRESETS.GRU
    expect(() => onnxModel({ ...exported, model })).toThrow(
      expect.objectContaining({ code: 'SHAPE_MISMATCH' }),
    )
  })
})
