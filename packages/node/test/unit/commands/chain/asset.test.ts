import type { Portfolio } from '@fednode/contracts'
import { expect, test } from 'vitest'
import { assetOf, requireHeld } from '../../../../src/commands/chain/transfer/asset.ts'

const PORTFOLIO: Portfolio = {
  holder: '0x01',
  currency: { token: '0x02', balance: 5n },
  tokens: [{ index: 0, name: 'cur', token: '0x03', balance: 7n, owed: 0n }],
  lp: { pool: '0x04', balance: 9n, owed: 0n },
  bondCredit: 0n,
}

test('CUR, LP and the names of silos are three things, also where a silo is called like one of them', () => {
  const found = ['CUR', 'LP', 'cur'].map((name) => assetOf(PORTFOLIO, name))
  expect(found.map(({ token, balance }) => [token, balance])).toEqual([
    ['0x02', 5n],
    ['0x04', 9n],
    ['0x03', 7n],
  ])
})

test('a federation without a market has no pool shares to send', () => {
  expect(() => assetOf({ ...PORTFOLIO, lp: null }, 'LP')).toThrow(
    expect.objectContaining({
      code: 'UNKNOWN_ASSET',
      info: expect.objectContaining({ hint: 'There are: CUR, cur' }),
    }),
  )
})

test('all that one has may be sent, and not a wei more', () => {
  const asset = assetOf(PORTFOLIO, 'LP')
  expect(() => requireHeld(asset, 9n)).not.toThrow()
  expect(() => requireHeld(asset, 10n)).toThrow(
    expect.objectContaining({
      code: 'INSUFFICIENT_BALANCE',
      message: 'you own 0.000000000000000009 pool shares, not 0.00000000000000001',
    }),
  )
})
