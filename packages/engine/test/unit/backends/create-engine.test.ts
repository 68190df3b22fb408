import { describe, expect, it } from 'vitest'
import { createEngine } from '../../../src/backends/create-engine.ts'
import { blobs, dense, sequential } from '../fixtures.ts'

const model = sequential([dense(3, 'softmax')], { featureShape: [2], classes: 3 })
const data = blobs({ count: 5, featureShape: [2], classes: 3, seed: 1 })

describe('createEngine', () => {
  it.each(['wasm', 'cpu'] as const)(
    'starts %s without touching the process error handling',
    async (backend) => {
      const listeners = () => [
        ...process.listeners('uncaughtException'),
        ...process.listeners('unhandledRejection'),
      ]
      const before = listeners()
      const engine = await createEngine({ backend })
      expect(engine.backend).toBe(backend)
      expect(listeners()).toEqual(before)
      engine.dispose()
      expect(listeners()).toEqual(before)
    },
  )

  it('describes a model without building it', async () => {
    const engine = await createEngine({ backend: 'cpu' })
    expect(engine.weightSpecs(model)).toEqual([
      { name: 'dense_1/kernel', shape: [2, 3] },
      { name: 'dense_1/bias', shape: [3] },
    ])
  })

  it('starts models alike on both back ends', async () => {
    const cpu = await createEngine({ backend: 'cpu' })
    const wasm = await createEngine({ backend: 'wasm' })
    expect(wasm.initialWeights(model, 9)).toEqual(cpu.initialWeights(model, 9))
  })

  it('refuses work after dispose, and leaves other engines of the process alone', async () => {
    const first = await createEngine({ backend: 'wasm' })
    const second = await createEngine({ backend: 'wasm' })
    const weights = first.initialWeights(model, 1)
    first.dispose()
    expect(() => first.evaluate(model, weights, data)).toThrow('disposed')
    expect(second.evaluate(model, weights, data).loss).toBeGreaterThan(0)
  })
})
