import { parseAmount } from '@fednode/contracts'
import { describe, expect, it } from 'vitest'
import { potOf } from '../../../src/coordinator/pot-of.ts'

const TERMS = { perRound: '100.5', streamSeconds: 60, challengeSeconds: 0 }

describe('potOf', () => {
  it('is the same in every round without a schedule, and with a fixed one', () => {
    for (const schedule of [{}, { schedule: { kind: 'fixed' } }] as const) {
      const pots = [1, 2, 50].map((round) => potOf({ ...TERMS, ...schedule }, round))
      expect(pots).toEqual(new Array(3).fill(parseAmount('100.5')))
    }
  })

  it('shrinks with a geometric schedule', () => {
    const schedule = { kind: 'geometric', ratio: 0.9 } as const
    const pots = [1, 2, 3].map((round) => potOf({ ...TERMS, schedule }, round))
    expect(pots).toEqual(['100.5', '90.45', '81.405'].map(parseAmount))
  })
})
