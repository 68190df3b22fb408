import type { ModelSpec } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planModel } from '../../../src/models/model-plan.ts'
import { shardCount } from '../../../src/shards/shard-count.ts'
import type { BackendName } from '../../../src/types.ts'
import { dense, MCMAHAN_CNN, sequential } from '../fixtures.ts'
import { DENSE, IMAGES, imagesFor } from './shard-models.ts'

const TWO_NN = sequential([dense(200, 'relu'), dense(200, 'relu'), dense(10, 'softmax')], {
  featureShape: [784],
  classes: 10,
})

function countOf(model: ModelSpec, rows: number, backend: BackendName = 'wasm'): number {
  return shardCount({ model: planModel(model), backend }, rows)
}

describe('shardCount', () => {
  it.each([
    ['2NN', 64, 1, TWO_NN],
    ['2NN', 256, 1, TWO_NN],
    ['2NN', 512, 2, TWO_NN],
    ['2NN', 1_024, 4, TWO_NN],
    ['the CNN', 10, 1, MCMAHAN_CNN],
    ['the CNN', 32, 1, MCMAHAN_CNN],
    ['the CNN', 64, 2, MCMAHAN_CNN],
    ['the CNN', 128, 4, MCMAHAN_CNN],
    ['the CNN', 100_000, 8, MCMAHAN_CNN],
  ])('cuts a batch for %s of %i rows into %i', (_name, rows, shards, model) => {
    expect(countOf(model, rows)).toBe(shards)
  })

  it('is a power of two that does not fall with the rows', () => {
    const rows = fc.integer({ min: 1, max: 20_000 })
    fc.assert(
      fc.property(
        fc.constantFrom(TWO_NN, MCMAHAN_CNN, DENSE, IMAGES),
        rows,
        rows,
        (model, a, b) => {
          const [few, many] = [Math.min(a, b), Math.max(a, b)].map((count) => countOf(model, count))
          expect([1, 2, 4, 8]).toContain(few)
          expect(many).toBeGreaterThanOrEqual(few as number)
        },
      ),
    )
  })

  it('leaves batches whole on other back ends, and for the loss of risks', () => {
    expect(countOf(IMAGES, 5_000)).toBeGreaterThan(1)
    expect(countOf(IMAGES, 5_000, 'cpu')).toBe(1)
    expect(countOf(IMAGES, 5_000, 'tfjs-node')).toBe(1)
    expect(countOf(imagesFor({ kind: 'value', loss: 'mse' }), 5_000)).toBeGreaterThan(1)
    expect(countOf(imagesFor({ kind: 'risk' }), 5_000)).toBe(1)
  })

  it('asks for more rows where calls of operations are what takes the time', () => {
    const lstm = sequential([{ className: 'LSTM', config: { units: 32 } }, dense(2, 'softmax')], {
      featureShape: [24, 8],
      classes: 2,
    })
    expect(countOf(lstm, 2_048)).toBe(1)
    expect(countOf(lstm, 20_480)).toBeGreaterThan(1)
  })
})
