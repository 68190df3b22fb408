import { encodeWeights } from '@fednode/protocol'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  contributionBytes,
  decodeContribution,
  encodeContribution,
} from '../../../src/alliance/contribution.ts'

const SPECS = [
  { name: 'dense/kernel', shape: [2, 2] },
  { name: 'dense/bias', shape: [2] },
]
const TERMS = {
  scope: '0x00000000000000000000000000000000000000aa',
  round: 3,
  proposer: '0x00000000000000000000000000000000000000B1',
} as const
const weights = { specs: SPECS, values: Float32Array.of(1, -2, 3.5, -0, 0.25, 6) }

describe('a contribution to a round of an alliance', () => {
  it('comes back as it was, whatever the letter case of its proposer', () => {
    const bytes = encodeContribution(weights, TERMS)
    const proposer = '0x00000000000000000000000000000000000000b1'
    expect(decodeContribution(bytes, SPECS, { ...TERMS, proposer })).toEqual(weights)
  })

  it('is nobody else’s, of no other round and of no other alliance', () => {
    const bytes = encodeContribution(weights, TERMS)
    const others = [
      { ...TERMS, proposer: '0x00000000000000000000000000000000000000b2' },
      { ...TERMS, round: 4 },
      { ...TERMS, scope: '0x00000000000000000000000000000000000000ab' },
    ] as const
    for (const terms of others) expect(decodeContribution(bytes, SPECS, terms)).toBeUndefined()
  })

  it('has one form: other files of the same weights are none', () => {
    expect(decodeContribution(encodeWeights(weights), SPECS, TERMS)).toBeUndefined()
    const bytes = encodeContribution(weights, TERMS)
    expect(decodeContribution(bytes.subarray(1), SPECS, TERMS)).toBeUndefined()
    expect(
      decodeContribution(Buffer.concat([bytes, Buffer.from([0])]), SPECS, TERMS),
    ).toBeUndefined()
  })

  it('is finite', () => {
    for (const bad of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const values = weights.values.with(2, bad)
      const bytes = encodeContribution({ specs: SPECS, values }, TERMS)
      expect(decodeContribution(bytes, SPECS, TERMS)).toBeUndefined()
    }
  })

  it('has a length that everybody knows before it comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000 }), (round) => {
        const bytes = encodeContribution(weights, { ...TERMS, round })
        expect(bytes.length).toBe(contributionBytes(SPECS))
      }),
    )
  })
})
