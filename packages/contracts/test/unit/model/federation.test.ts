import { describe, expect, it } from 'vitest'
import {
  createFederationModel,
  type FederationModel,
  registerClient,
  SCENARIO_HOLDER,
} from '../../../src/model/federation.ts'
import { exitPool, joinPool, joinPoolWith } from '../../../src/model/federation-liquidity.ts'
import { listClient, openMarket } from '../../../src/model/federation-market.ts'
import { sellExactIn } from '../../../src/model/federation-swap.ts'
import { LOCKED_HOLDER, LOCKED_SHARES, sharesOf } from '../../../src/model/lp-dividends.ts'
import { POOL_HOLDER } from '../../../src/model/stream.ts'
import { bookAt, holdingOf } from '../../../src/model/stream-readings.ts'

const TOKEN = 10n ** 18n
const TERMS = {
  streamWindow: 600n,
  clientSupply: 1_000_001n,
  poolBps: 2_000n,
  federatorBps: 1_000n,
  seedCurrency: 10_000n * TOKEN,
  currencyWeight: TOKEN / 2n,
  swapFee: TOKEN / 1_000n,
}
const NOW = { who: 'ivy', time: 1_000n }

function registered(terms = TERMS): FederationModel {
  const empty = createFederationModel(terms, 'federator')
  const one = registerClient(empty, { controller: 'north', issuance: 1n })
  return registerClient(one, { controller: 'federator', issuance: 3n })
}

function held(model: FederationModel, index: number): readonly (readonly [string, bigint])[] {
  return [...bookAt(model.ledger, index).holdings].map(([who, { balance }]) => [who, balance])
}

describe('the model of a federation', () => {
  it('splits every supply without losing a wei, also when one account is both silo and federator', () => {
    const model = registered()
    expect(held(model, 0)).toEqual([
      [SCENARIO_HOLDER, 200_000n],
      ['federator', 100_000n],
      ['north', 700_001n],
    ])
    expect(held(model, 1)).toEqual([
      [SCENARIO_HOLDER, 600_000n],
      ['federator', 2_400_003n],
    ])
  })

  it('opens with the tokens that waited, and LP shares split by weight to the last wei', () => {
    const model = openMarket(
      registered({ ...TERMS, clientSupply: 1_000_000n * TOKEN }),
      'paula',
      1_000n,
    )
    const seed = holdingOf(bookAt(model.ledger, 0), POOL_HOLDER).balance
    expect([seed, model.pool?.reserves[1]?.balance]).toEqual([200_000n * TOKEN, 200_000n * TOKEN])
    const shares = ['paula', 'north', 'federator', LOCKED_HOLDER].map((who) =>
      sharesOf(model.lp, who),
    )
    expect(shares).toEqual([
      10_000n * TOKEN - LOCKED_SHARES,
      2_500n * TOKEN,
      7_500n * TOKEN,
      LOCKED_SHARES,
    ])
    expect(shares.reduce((sum, each) => sum + each, 0n)).toBe(model.pool?.lpSupply)
  })

  it('refuses what the contracts refuse', () => {
    const waiting = registered({ ...TERMS, clientSupply: 1_000_000n * TOKEN })
    const order = { tokenIn: 1, tokenOut: 0, amountIn: TOKEN }
    expect(() => sellExactIn(waiting, NOW, order)).toThrow('the market is not open')
    const open = openMarket(waiting, 'paula', 1_000n)
    expect(() => openMarket(open, 'paula', 1_000n)).toThrow('the market is open')
    const nobody = 'the token of every client that takes part is in the pool'
    expect(() => listClient(open, { active: 2, time: 1_000n })).toThrow(nobody)
    const west = registerClient(open, { controller: 'west', issuance: 1n })
    expect(() => listClient(west, { active: 2, time: 1_000n })).toThrow(nobody)
    expect(listClient(west, { active: 3, time: 1_000n }).pool?.reserves).toHaveLength(4)
    expect(() => sellExactIn(open, NOW, order)).toThrow('ivy holds 0 wei')
    expect(() => joinPool(open, NOW, TOKEN)).toThrow('ivy holds 0 wei')
    expect(() => exitPool(open, NOW, 1n)).toThrow('ivy has fewer LP shares than 1')
    expect(() => joinPoolWith(open, NOW, { token: 2, amount: TOKEN })).toThrow('ivy holds 0 wei')
  })
})
