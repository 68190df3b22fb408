import { describe, expect, it } from 'vitest'
import { resultText } from '../../../../src/local/terminal/result-text.ts'
import { exampleResult } from '../../../fixtures/up-result.ts'

const CUR = 10n ** 18n

describe('resultText', () => {
  it('fits 80 columns, also with the amounts of the bundled example', () => {
    const result = exampleResult()
    const large = result.silos.map((silo) => ({ ...silo, rewarded: 35_480n * CUR }))
    const { investor } = result
    const rich = investor && { ...investor, bought: 40_000n * CUR, sold: 20_000n * CUR }
    const books = { ...result.books, deposited: 80_000n * CUR, claimed: 80_000n * CUR - 7n }
    for (const shown of [
      result,
      { ...result, silos: large, books, ...(rich && { investor: rich }) },
    ]) {
      for (const line of resultText(shown).split('\n')) {
        expect(line.length, line).toBeLessThanOrEqual(80)
      }
    }
  })

  it('aligns the numbers of each table', () => {
    const [head, ...rows] = resultText(exampleResult()).split('\n').slice(0, 9)
    expect(head).toMatch(/^round +accuracy +loss +train +move +aggr +assess +anchor +gas$/)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head?.length]))
  })

  it('marks the silo whose labels were made wrong', () => {
    expect(resultText(exampleResult())).toMatch(/^silo-d: 40 % of its labels are wrong$/m)
  })

  it('marks attackers, and says what they did and what stood against them', () => {
    const result = exampleResult()
    const silos = result.silos.map((silo, index) =>
      index < 3 ? silo : { ...silo, attack: 'sign-flip' as const },
    )
    const text = resultText({ ...result, silos })
    expect(text).toMatch(/^silo-c +\d/m)
    expect(text).toMatch(/^silo-d ! /m)
    expect(text).toMatch(/^! +attack on purpose \(sign-flip\), strategy fedavg: silo-d, silo-e$/m)
    expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80)
  })

  it('says which rounds made no model', () => {
    const { rounds, ...result } = exampleResult()
    const empty = rounds.map((round) => ({ ...round, contributions: [] }))
    expect(resultText({ ...result, rounds })).not.toContain('no new model')
    expect(resultText({ ...result, rounds: empty })).toMatch(
      /! +no new model in round 1, .*: too few updates came in/,
    )
  })

  it('balances the books exactly', () => {
    expect(resultText(exampleResult()).replaceAll(/\n +/g, ' ')).toContain(
      'books     deposited 800 = claimed 799.999999999999999993 + claimable 0.000000000000000003 + carried 0.000000000000000004',
    )
  })

  it('says what the investor and the liquidity provider came out with, and what they hold', () => {
    const text = resultText(exampleResult()).replaceAll(/\n +/g, ' ')
    expect(text).toContain('sold 5,000 for 101.00, holds 5,000 worth 100.00: +55.00 CUR')
    expect(text).toContain('claimed 70.00, holds 50 % of the pool worth 50,010.00: +80.00 CUR')
  })

  it('shows prices before and after, and a standard error where values are estimates', () => {
    const result = exampleResult()
    expect(resultText(result)).toMatch(/^silo-b .*\+0\.229 .* 0\.02000 +0\.01900 +2,231\.00$/m)
    const silos = result.silos.map((silo) => ({ ...silo, standardError: 0.0123 }))
    expect(resultText({ ...result, silos })).toMatch(/^silo-b .*\+0\.229 ± 0\.012/m)
  })

  it('leaves the market out where there is none', () => {
    const { investor: _investor, provider: _provider, ...rest } = exampleResult()
    const text = resultText({ ...rest, prices: [], trades: [] })
    expect(text).not.toMatch(/price|investor|provider/)
  })
})
