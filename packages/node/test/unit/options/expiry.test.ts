import { describe, expect, test } from 'vitest'
import { expiry, momentOf } from '../../../src/options/expiry.ts'

const NOW = Date.parse('2026-11-21T12:00:00Z')
const HOUR = 3_600_000

function endOf(text: string): number | undefined {
  const when = expiry.parse(text)
  return when === undefined ? undefined : momentOf(when, NOW)
}

describe('when something ends', () => {
  test.each([
    ['30m', NOW + HOUR / 2],
    ['12h', NOW + 12 * HOUR],
    ['7d', NOW + 7 * 24 * HOUR],
    ['7', NOW + 7 * 24 * HOUR],
    ['366', NOW + 366 * 24 * HOUR],
    ['2026-12-31', Date.parse('2026-12-31T00:00:00Z')],
    ['2026-12-31T18:00', Date.parse('2026-12-31T18:00:00Z')],
  ])('%s is a moment', (text, moment) => {
    expect(endOf(text)).toBe(moment)
  })

  test.each(['', 'soon', '7w', '-1d', '2026-02-30', '1.5h'])('"%s" is none', (text) => {
    expect(endOf(text)).toBeUndefined()
  })

  test.each(['0', '367', '999999d', '2026-11-21', '2030-01-01'])('%s is refused', (text) => {
    expect(() => endOf(text)).toThrow('is not within the next 366 days')
  })
})
