import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { patienceFor } from '../../../src/rounds/patience-for.ts'
import { targetSilos } from '../../../src/rounds/target-silos.ts'

describe('the patience of a round', () => {
  it('has no end but the deadline before anything was observed', () => {
    expect(patienceFor([])).toBeUndefined()
  })

  it('is 1.5 times what nearly all updates took, and never below a second', () => {
    expect(patienceFor([20_000, 30_000, 10_000])).toBe(45_000)
    expect(patienceFor([2, 3, 4])).toBe(1_000)
  })

  it('waits for a silo that is slow every time, and not for what happened once in twenty times', () => {
    const rounds = Array.from({ length: 10 }, () => [10_000, 11_000, 12_000, 60_000]).flat()
    expect(patienceFor(rounds)).toBe(90_000)
    const once = [...Array.from({ length: 39 }, () => 10_000), 600_000]
    expect(patienceFor(once)).toBe(15_000)
  })

  it('depends on no order, and never ends before an arrival that is usual', () => {
    const arrivals = fc.array(fc.integer({ min: 0, max: 604_800_000 }), {
      minLength: 1,
      maxLength: 60,
    })
    fc.assert(
      fc.property(arrivals, (ms) => {
        const patience = patienceFor(ms) ?? Number.NaN
        expect(patienceFor([...ms].reverse())).toBe(patience)
        expect(ms.filter((one) => one <= patience).length).toBeGreaterThanOrEqual(0.95 * ms.length)
      }),
    )
  })
})

describe('how many updates suffice', () => {
  it('is the share of the silos, rounded up and free of rounding errors', () => {
    expect(targetSilos(0.75, 3)).toBe(3)
    expect(targetSilos(0.75, 4)).toBe(3)
    expect(targetSilos(0.07, 100)).toBe(7)
    expect(targetSilos(0.01, 5)).toBe(1)
  })

  it('is all of them when the manifest names no share', () => {
    expect(targetSilos(undefined, 5)).toBe(5)
  })
})
