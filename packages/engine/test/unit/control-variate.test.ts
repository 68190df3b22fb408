import { describe, expect, it } from 'vitest'
import { createEngine } from '../../src/backends/create-engine.ts'
import { controlCorrection, nextControlVariate } from '../../src/control-variate.ts'
import { planModel } from '../../src/models/model-plan.ts'
import { createRandom } from '../../src/random.ts'
import { blobs, dense, sequential } from './fixtures.ts'
import { referenceGradient } from './reference-loss.ts'

describe('a control variate', () => {
  it('follows option II by hand', () => {
    // c_i - c + (x - y) / (K eta) = (1 - 0.5) + (2 - 1) / (4 * 0.5), (-1 - 0.25) + (0 - 3) / 2
    const next = nextControlVariate({
      own: Float32Array.of(1, -1),
      server: Float32Array.of(0.5, 0.25),
      base: Float32Array.of(2, 0),
      update: Float32Array.of(1, 3),
      steps: 4,
      learningRate: 0.5,
    })
    expect([...next]).toEqual([1, -2.75])
  })

  it('corrects by the difference to the server', () => {
    expect([...controlCorrection(Float32Array.of(1, 2), Float32Array.of(0.5, 3))]).toEqual([
      0.5, -1,
    ])
  })

  it('is the mean gradient of the steps that were taken, whatever was added to them', async () => {
    const shape = { featureShape: [4], classes: 2 }
    const model = sequential([dense(3, 'tanh'), dense(2, 'softmax')], shape)
    const data = blobs({ count: 16, ...shape, seed: 3 })
    const engine = await createEngine({ backend: 'wasm' })
    const base = engine.initialWeights(model, 5)
    const random = createRandom(9)
    const vector = () => base.values.map(() => 0.1 * (random.uniform() - 0.5))
    const [own, server] = [vector(), vector()]
    const learningRate = 0.1
    const plan = { optimizer: 'sgd', learningRate, batchSize: 16, epochs: 1 } as const
    const correction = controlCorrection(server, own)
    const trained = await engine.train(model, base, data, { plan, seed: 1, correction })
    const next = nextControlVariate({
      ...{ own, server, learningRate, steps: trained.steps },
      base: base.values,
      update: trained.weights.values,
    })
    const gradient = referenceGradient(planModel(model), base.values, data)
    next.forEach((value, i) => {
      expect(Math.abs(value - (gradient[i] as number))).toBeLessThan(5e-6)
    })
  })
})
