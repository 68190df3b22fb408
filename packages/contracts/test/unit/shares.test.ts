import { describe, expect, it } from 'vitest'
import { sharesHash } from '../../src/shares.ts'

// That the contract agrees is shown where rounds are finalized (lifecycle.test.ts).
describe('sharesHash', () => {
  const anchor = {
    chainId: 31_337,
    scenario: '0x00000000000000000000000000000000000000AA',
    round: 1,
    shares: [500_000_000, 300_000_000, 200_000_000],
  } as const

  it('is the one that it was when deployed contracts were made for it', () => {
    expect(sharesHash(anchor)).toBe(
      '0xd0281557ca327241327ca051839240e813d64a886378d094ddb07ff96918e2aa',
    )
  })

  it.each([
    { chainId: 1 },
    { scenario: '0x00000000000000000000000000000000000000bb' },
    { round: 2 },
    { shares: [300_000_000, 500_000_000, 200_000_000] },
    { shares: [500_000_000, 300_000_000, 200_000_000, 0] },
  ] as const)('T3 is another with %j', (change) => {
    expect(sharesHash({ ...anchor, ...change })).not.toBe(sharesHash(anchor))
  })
})
