import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  amountText,
  bytesText,
  changeText,
  countText,
  percentText,
  signedText,
} from '../../../src/framework/number-text.ts'

const CUR = 10n ** 18n

describe('amountText', () => {
  it.each([
    [0n, 2, '0.00'],
    [1_234_567n * CUR, 2, '1,234,567.00'],
    [-190n * CUR - CUR / 50n, 2, '-190.02'],
    [CUR / 200n, 2, '0.01'],
    [CUR / 200n - 1n, 2, '0.00'],
    [-1n, 2, '0.00'],
    [1n, 18, '0.000000000000000001'],
    [999_999n * CUR + CUR / 2n, 0, '1,000,000'],
  ])('writes %s wei with %s decimals as %s', (wei, decimals, text) => {
    expect(amountText(wei, decimals)).toBe(text)
  })

  it('loses nothing at 18 decimals', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (wei) => {
        expect(BigInt(amountText(wei, 18).replace(/[,.]/g, ''))).toBe(wei)
      }),
    )
  })
})

describe('other numbers', () => {
  it('separates thousands of counts', () => {
    expect([0, 999, 1000, 199_210, 12_345_678].map(countText)).toEqual([
      '0',
      '999',
      '1,000',
      '199,210',
      '12,345,678',
    ])
  })

  it('shows the sign of what is not zero once rounded', () => {
    expect([0.308, -0.292, 0.0001, -0.0001].map((value) => signedText(value))).toEqual([
      '+0.308',
      '-0.292',
      '0.000',
      '0.000',
    ])
  })

  it('writes parts of one as percent', () => {
    expect(percentText(0.266)).toBe('26.6 %')
  })

  it('tells how much a price moved, and nothing when there was none', () => {
    expect(changeText(CUR, (CUR * 5n) / 4n)).toBe('+25.0 %')
    expect(changeText(CUR, (CUR * 69n) / 100n)).toBe('-31.0 %')
    expect(changeText(0n, CUR)).toBe('-')
  })

  it('picks the unit of bytes', () => {
    expect([12, 796_840, 4_000_000].map(bytesText)).toEqual(['12 B', '796.8 kB', '4.0 MB'])
  })
})
