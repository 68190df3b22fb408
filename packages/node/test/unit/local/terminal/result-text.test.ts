import { describe, expect, it } from 'vitest'
import { resultText } from '../../../../src/local/terminal/result-text.ts'
import { exampleResult } from '../../../fixtures/up-result.ts'

describe('resultText', () => {
  it('fits 100 columns', () => {
    for (const line of resultText(exampleResult()).split('\n')) {
      expect(line.length, line).toBeLessThanOrEqual(100)
    }
  })

  it('aligns the numbers of each table', () => {
    const [head, ...rows] = resultText(exampleResult()).split('\n').slice(0, 9)
    expect(head).toMatch(/^round +accuracy +loss +train +move +aggr +assess +anchor +gas$/)
    expect(new Set(rows.map((row) => row.length))).toEqual(new Set([head?.length]))
  })

  it('marks the silo whose labels were made wrong', () => {
    const line = resultText(exampleResult())
      .split('\n')
      .find((text) => text.startsWith('silo-d'))
    expect(line).toMatch(/-0\.102 .*40 % wrong labels$/)
  })

  it('balances the books exactly', () => {
    expect(resultText(exampleResult())).toContain(
      'books     deposited 800 = claimed 799.999999999999999993 + claimable 3 wei + carried 4 wei',
    )
  })

  it('leaves the market out where there is none', () => {
    const { investor: _investor, provider: _provider, ...rest } = exampleResult()
    const text = resultText({ ...rest, prices: [], trades: [] })
    expect(text).not.toMatch(/price|investor|provider/)
  })
})
