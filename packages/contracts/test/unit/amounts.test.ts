import { UserError } from '@fednode/protocol'
import { assert, bigInt, property, stringMatching } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatAmount, MAX_WHOLE_TOKENS, ONE_TOKEN, parseAmount } from '../../src/amounts.ts'

const refusal = (text: string): UserError => {
  try {
    parseAmount(text)
  } catch (error) {
    if (error instanceof UserError) return error
  }
  return expect.unreachable(`${text} is taken`)
}

describe('parseAmount', () => {
  it.each([
    ['100.5', 100_500_000_000_000_000_000n],
    ['0', 0n],
    ['0.000000000000000001', 1n],
    ['007', 7n * ONE_TOKEN],
    [' 1.50 ', 1_500_000_000_000_000_000n],
    [String(MAX_WHOLE_TOKENS - 1n), (MAX_WHOLE_TOKENS - 1n) * ONE_TOKEN],
  ])('reads %j as %s wei', (text, wei) => {
    expect(parseAmount(text)).toBe(wei)
  })

  it.each([
    ['-1', 'is negative'],
    ['1e18', 'has an exponent'],
    ['1,000', 'has a comma'],
    ['0.1234567890123456789', 'has 19 decimals; a token has 18'],
    ['', 'is not an amount'],
    ['.5', 'is not an amount'],
    ['5.', 'is not an amount'],
    ['0x10', 'is not an amount'],
    ['1.2.3', 'is not an amount'],
    ['Infinity', 'is not an amount'],
    ['٣', 'is not an amount'],
    ['1'.repeat(500), 'is not an amount'],
  ])('refuses %j because it %s', (text, why) => {
    const error = refusal(text)
    expect(error.message).toContain(why)
    expect(error.info).toMatchObject({ code: 'BAD_AMOUNT', fault: 'usage' })
    expect(error.message.length).toBeLessThan(200)
  })

  it('tells wei from tokens and names the amount that was probably meant', () => {
    const error = refusal('100500000000000000000')
    expect(error.message).toContain('looks like wei')
    expect(error.info.hint).toContain('Did you mean 100.5?')
    expect(refusal(String(MAX_WHOLE_TOKENS)).info.hint).toContain('Did you mean 0.001?')
  })

  it('is the inverse of formatAmount', () => {
    const amounts = bigInt({ min: 0n, max: MAX_WHOLE_TOKENS * ONE_TOKEN - 1n })
    assert(
      property(amounts, (wei) => parseAmount(formatAmount(wei)) === wei),
      { seed: 1 },
    )
  })

  it('either reads a text or refuses it with its own error', () => {
    const texts = stringMatching(/^[-+0-9.,eE x]{0,30}$/)
    assert(
      property(texts, (text) => {
        try {
          expect(parseAmount(text)).toBeGreaterThanOrEqual(0n)
        } catch (error) {
          expect(error).toBeInstanceOf(UserError)
        }
      }),
      { seed: 2 },
    )
  })
})
