import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { scheduledPot } from '../../../src/model/schedule.ts'
import { WAD } from '../../../src/model/solady-pow-wad.ts'
import { rpow } from '../../../src/model/solady-rpow.ts'

describe('the model of reward schedules', () => {
  it('asks for nothing when pots are free, for the same when they are fixed', () => {
    expect(scheduledPot({ firstPot: 0n, potRatio: 0n }, 9)).toBe(0n)
    expect(
      [1, 2, 1_000].map((round) => scheduledPot({ firstPot: 7n, potRatio: WAD }, round)),
    ).toEqual([7n, 7n, 7n])
  })

  it('halves the pot of every round with a ratio of one half', () => {
    const pots = [1, 2, 3, 4].map((round) =>
      scheduledPot({ firstPot: 1_000n, potRatio: WAD / 2n }, round),
    )
    expect(pots).toEqual([1_000n, 500n, 250n, 125n])
  })

  it('is within a part in 10^14 of the exact geometric pot, and never rises', () => {
    const ratio = fc.bigInt({ min: (9n * WAD) / 10n, max: WAD - 1n })
    fc.assert(
      fc.property(ratio, fc.integer({ min: 2, max: 40 }), (potRatio, round) => {
        const firstPot = 10n ** 24n
        const steps = BigInt(round - 1)
        const exact = (firstPot * potRatio ** steps) / WAD ** steps
        const pot = scheduledPot({ firstPot, potRatio }, round)
        const off = pot > exact ? pot - exact : exact - pot
        expect(off * 10n ** 14n <= exact).toBe(true)
        expect(pot <= scheduledPot({ firstPot, potRatio }, round - 1)).toBe(true)
      }),
    )
  })

  it('knows the edges of rpow and refuses what does not fit', () => {
    expect([
      rpow(0n, 0n, WAD),
      rpow(0n, 5n, WAD),
      rpow(5n * WAD, 0n, WAD),
      rpow(5n * WAD, 1n, WAD),
    ]).toEqual([WAD, 0n, WAD, 5n * WAD])
    expect(rpow(3n * WAD, 5n, WAD)).toBe(243n * WAD)
    expect(() => rpow(10n * WAD, 1_000n, WAD)).toThrow('the power does not fit')
  })
})
