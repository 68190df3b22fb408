import { describe, expect, it } from 'vitest'
import { summarise } from '../../../../bench/reference/summary.ts'

describe('summarise', () => {
  it('has the mean, the sample deviation and the mean of the targets', () => {
    const summary = summarise([
      { result: 0.7, target: { kind: 'least', value: 0.6 } },
      { result: 0.8, target: { kind: 'least', value: 0.8 } },
    ])
    expect(summary.result).toBeCloseTo(0.75, 12)
    expect(summary.std).toBeCloseTo(Math.sqrt(0.005), 12)
    expect(summary.target.value).toBeCloseTo(0.7, 12)
    expect(summary.isReached).toBe(true)
  })

  it('has no deviation of a single play', () => {
    expect(summarise([{ result: 3, target: { kind: 'most', value: 3 } }])).toMatchObject({
      std: 0,
      isReached: true,
    })
  })

  it.each([
    [{ kind: 'most', value: 2 }, 2.1],
    [{ kind: 'least', value: 2 }, 1.9],
    [{ kind: 'near', value: 2, within: 0.1 }, 2.2],
    [{ kind: 'near', value: 2, within: 0.1 }, 1.8],
  ] as const)('says that %o is missed by %d', (target, result) => {
    expect(summarise([{ result, target }]).isReached).toBe(false)
  })
})
