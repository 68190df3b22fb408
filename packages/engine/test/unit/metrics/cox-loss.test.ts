import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Survival } from '../../../src/metrics/concordance-index.ts'
import { coxLoss } from '../../../src/metrics/cox-loss.ts'

/** The definition, event by event. */
function naiveLoss(risks: Float64Array, { times, observed }: Survival): number {
  let loss = 0
  let events = 0
  times.forEach((time, event) => {
    if (observed[event] === 0) return
    const atRisk = risks.filter((_, row) => (times[row] as number) >= time)
    const sum = atRisk.reduce((total, risk) => total + Math.exp(risk), 0)
    loss += Math.log(sum) - (risks[event] as number)
    events++
  })
  return events === 0 ? 0 : loss / events
}

const row = fc.record({
  time: fc.integer({ min: 1, max: 8 }),
  event: fc.integer({ min: 0, max: 1 }),
  risk: fc.double({ min: -5, max: 5, noNaN: true }),
})

describe('coxLoss', () => {
  it('is the negative log partial likelihood per event, whatever is tied or censored', () => {
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
        const risks = Float64Array.from(rows, ({ risk }) => risk)
        const survival = {
          times: Float64Array.from(rows, ({ time }) => time),
          observed: Uint8Array.from(rows, ({ event }) => event),
        }
        expect(coxLoss(risks, survival)).toBeCloseTo(naiveLoss(risks, survival), 10)
      }),
      { seed: 3 },
    )
  })

  it('neither overflows nor hides what is no number', () => {
    const survival = { times: Float64Array.of(1, 2), observed: Uint8Array.of(1, 1) }
    expect(coxLoss(Float64Array.of(0, 2_000), survival)).toBe(1_000)
    expect(coxLoss(Float64Array.of(Number.NaN, 0), survival)).toBeNaN()
  })
})
