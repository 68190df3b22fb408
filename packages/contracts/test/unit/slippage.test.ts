import { assert, bigInt, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { maxInOf, minOutOf } from '../../src/slippage.ts'

describe('limits of a trade', () => {
  it('T57 allow exactly the tolerance', () => {
    expect(minOutOf(10_000n, 50)).toBe(9_950n)
    expect(maxInOf(10_000n, 50)).toBe(10_050n)
    expect([minOutOf(7n, 0), maxInOf(7n, 0)]).toEqual([7n, 7n])
  })

  it('T57 never shut out the quote itself, nor more than the tolerance', () => {
    const cases = tuple(bigInt({ min: 0n, max: 10n ** 40n }), integer({ min: 0, max: 10_000 }))
    assert(
      property(cases, ([amount, bps]) => {
        const slack = (amount * BigInt(bps)) / 10_000n + 1n
        const [least, most] = [minOutOf(amount, bps), maxInOf(amount, bps)]
        return (
          least <= amount && amount - least <= slack && most >= amount && most - amount <= slack
        )
      }),
      { seed: 5 },
    )
  })

  it.each([-1, 10_001, 0.5, Number.NaN, Infinity])('refuse the tolerance %s', (bps) => {
    const refused = expect.objectContaining({ info: { code: 'BAD_TOLERANCE', fault: 'usage' } })
    expect(() => minOutOf(1n, bps)).toThrow(refused)
    expect(() => maxInOf(1n, bps)).toThrow(refused)
  })
})
