import { describe, expect, it } from 'vitest'
import { planModel } from '../../../src/models/model-plan.ts'
import { trainingBytes } from '../../../src/models/training-bytes.ts'
import { dense, sequential } from '../fixtures.ts'

const PLAN = { optimizer: 'sgd', learningRate: 0.1, batchSize: 2, epochs: 1 } as const
/** 15 weights, 5 and 3 numbers of a row. */
const model = planModel(sequential([dense(3, 'softmax', false)], { featureShape: [5], classes: 3 }))

describe('trainingBytes', () => {
  it('counts weights before and after, gradients, and activations with their gradients', () => {
    expect(trainingBytes(model, PLAN)).toBe(4 * (3 * 15 + 2 * 2 * 8))
  })

  it('counts what the optimizer remembers', () => {
    const adam = { ...PLAN, optimizer: 'adam' } as const
    expect(trainingBytes(model, adam)).toBe(4 * (5 * 15 + 2 * 2 * 8))
  })

  it('counts the gates of all steps of an LSTM', () => {
    const lstm = planModel(
      sequential([{ className: 'LSTM', config: { units: 3 } }, dense(2, 'softmax')], {
        featureShape: [7, 2],
        classes: 2,
      }),
    )
    const activations = 14 + 7 * 4 * 3 + 2
    expect(trainingBytes(lstm, PLAN)).toBe(4 * (3 * lstm.size + 2 * 2 * activations))
  })
})
