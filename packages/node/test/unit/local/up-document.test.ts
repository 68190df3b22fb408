import { describe, expect, it } from 'vitest'
import { stringify } from '../../../src/framework/envelope.ts'
import { upDocument } from '../../../src/local/up-document.ts'
import { exampleResult } from '../../fixtures/up-result.ts'

describe('upDocument', () => {
  const data = JSON.parse(stringify(upDocument(exampleResult(2), '/tmp/report.html')))

  it('has the keys that were promised', () => {
    expect(Object.keys(data)).toEqual(
      expect.arrayContaining([
        'scenario',
        'manifest',
        'rounds',
        'silos',
        'deposited',
        'claimed',
        'claimable',
        'investor',
        'report',
      ]),
    )
    expect(Object.keys(data.rounds[0])).toEqual([
      'round',
      'accuracy',
      'loss',
      'utilityBefore',
      'utilityAfter',
      'metrics',
      'seconds',
      'gas',
      'modelDigest',
      'evidence',
      'contributions',
    ])
    expect(Object.keys(data.rounds[0].seconds)).toEqual([
      'train',
      'transfer',
      'aggregate',
      'assess',
      'anchor',
    ])
    expect(Object.keys(data.rounds[0].contributions[0])).toEqual(['silo', 'shapley', 'share'])
    expect(Object.keys(data.silos[0])).toEqual([
      'name',
      'samples',
      'flippedShare',
      'token',
      'priceBefore',
      'priceAfter',
      'rewarded',
      'raised',
    ])
    expect(Object.keys(data.investor)).toEqual(['spent', 'received', 'claimed'])
  })

  it('writes shares as parts of one', () => {
    const shares = data.rounds[0].contributions.map(({ share }: { share: number }) => share)
    const sum = shares.reduce((total: number, share: number) => total + share, 0)
    expect(sum).toBeCloseTo(1, 8)
  })

  it('writes money as decimal strings of wei', () => {
    expect(data.deposited).toBe('800000000000000000000')
    expect(BigInt(data.deposited)).toBe(
      BigInt(data.claimed) + BigInt(data.claimable) + BigInt(data.carried),
    )
    expect(data.silos[1].raised).toBe('2231000000000000000000')
  })
})
