import { type Address, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  assertRound,
  type ChainAccount,
  closeRegistration,
  connectChain,
  delistClient,
  exitSingle,
  finalizeRound,
  fundRound,
  joinSingle,
  listClient,
  ONE_TOKEN,
  openMarket,
  quoteExactIn,
  readBlockTime,
  readHistory,
  readPool,
  readPortfolio,
  readScenario,
  setAllowed,
  setIssuance,
  startAnvil,
  swapExactIn,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, mint, newScenario, registerAs, type World } from '../support/federation.ts'

const DIGEST = `0x${'11'.repeat(32)}` as const
const SUPPLY = 1_000_000n * ONE_TOKEN

// One federation: each test goes on where the one before it ended.
describe('a federation of unequal clients, one of whom comes late', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let pool: Address
  let tokens: Address[]
  let trader: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    trader = await accountOf(world.reader, 'trader')
    await mint(world, trader.address)
    ;({ scenario, pool } = await newScenario(world, { maxIssuance: 3 }))
  }, 60_000)

  afterAll(() => anvil?.stop())

  const state = () => readScenario(world.reader, { scenario })
  const addressOf = async (name: string) => (await accountOf(world.reader, name)).address
  const weigh = async (name: string, weight: number) =>
    setIssuance(world.federator, { scenario, accounts: [await addressOf(name)], weight })
  const settle = async (round: number, shares: readonly number[]) => {
    const anchor = { scenario, round, shares }
    await fundRound(world.federator, { scenario, round, amount: ONE_TOKEN })
    await assertRound(world.federator, { ...anchor, evidenceRoot: DIGEST, modelDigest: DIGEST })
    return finalizeRound(world.federator, anchor)
  }
  const soon = async () => (await readBlockTime(world.reader)) + 600n

  it('gives each client its issuance, which is set before it registers and within bounds', async () => {
    await expect(weigh('beta', 4)).rejects.toMatchObject({ code: 'ISSUANCE_OUT_OF_RANGE' })
    await expect(
      setIssuance(trader, { scenario, accounts: [trader.address], weight: 2 }),
    ).rejects.toMatchObject({ code: 'NOT_FEDERATOR' })
    await weigh('beta', 2)
    const alpha = await registerAs(world, { scenario, name: 'alpha' })
    const beta = await registerAs(world, { scenario, name: 'beta' })
    tokens = [alpha.token, beta.token]
    await expect(weigh('beta', 3)).rejects.toMatchObject({ code: 'ALREADY_REGISTERED' })
    const held = await readPortfolio(world.reader, { scenario, holder: beta.account.address })
    expect(held.tokens.map(({ balance }) => balance)).toEqual([0n, (2n * SUPPLY * 80n) / 100n])
  })

  it('opens all tokens at one price', async () => {
    await closeRegistration(world.federator, { scenario })
    await openMarket(world.federator, { scenario })
    const { tokens: pooled } = await readPool(world.reader, { pool })
    const [currency, alpha, beta] = pooled
    expect(pooled).toHaveLength(3)
    expect(beta?.price).toBe(alpha?.price)
    expect(beta?.balance).toBe(2n * (alpha?.balance ?? 0n))
    // Thirds of a half do not come out even: the currency takes the rest.
    expect(currency?.weight).toBe(ONE_TOKEN / 2n + 1n)
    expect(pooled.reduce((sum, { weight }) => sum + weight, 0n)).toBe(ONE_TOKEN)
    expect(pooled.map(({ delisted }) => delisted)).toEqual([false, false, false])
  })

  it('lets a client in while a round is open, when the federator allowed it, and pays it from the next round on', async () => {
    await expect(registerAs(world, { scenario, name: 'gamma' })).rejects.toMatchObject({
      code: 'NOT_ALLOWED',
    })
    const accounts = [await addressOf('gamma')]
    await setAllowed(world.federator, { scenario, accounts, allowed: true })
    const { index, token } = await registerAs(world, { scenario, name: 'gamma' })
    tokens.push(token)
    expect(index).toBe(2)
    expect(await state()).toMatchObject({ activeClients: 2, clients: { length: 3 } })
    await expect(listClient(world.federator, { scenario })).rejects.toMatchObject({
      code: 'NOTHING_TO_LIST',
    })
    expect(await settle(1, [1, 1])).toMatchObject({ voided: false })
    expect((await state()).activeClients).toBe(3)
    expect(await settle(2, [0, 0, 1])).toMatchObject({ voided: false })
  })

  it('lists its token, without new LP shares, and nothing twice', async () => {
    const before = await readPool(world.reader, { pool })
    await expect(listClient(trader, { scenario })).rejects.toMatchObject({ code: 'NOT_FEDERATOR' })
    const { token, amount } = await listClient(world.federator, { scenario })
    expect([token, amount]).toEqual([tokens[2], (SUPPLY * 15n) / 100n])
    const after = await readPool(world.reader, { pool })
    expect(after.tokens.map((one) => one.token)).toEqual([world.currency, ...tokens])
    expect(after.tokens.reduce((sum, { weight }) => sum + weight, 0n)).toBe(ONE_TOKEN)
    expect(after.lpSupply).toBe(before.lpSupply)
    expect(after.tokens[1]?.balance).toBe(before.tokens[1]?.balance)
    await expect(listClient(world.federator, { scenario })).rejects.toMatchObject({
      code: 'NOTHING_TO_LIST',
    })
  })

  it('takes a token off the list: the pool sells no more of it, and still buys it', async () => {
    const [token = zeroAddress] = tokens
    const deadline = await soon()
    const buy = { pool, tokenIn: world.currency, tokenOut: token, amountIn: ONE_TOKEN }
    await swapExactIn(trader, { ...buy, minOut: 0n, deadline })
    await expect(delistClient(trader, { scenario, index: 0 })).rejects.toMatchObject({
      code: 'NOT_FEDERATOR',
    })
    await delistClient(world.federator, { scenario, index: 0 })
    const { tokens: pooled } = await readPool(world.reader, { pool })
    expect(pooled.map(({ delisted }) => delisted)).toEqual([false, true, false, false])
    await expect(delistClient(world.federator, { scenario, index: 0 })).rejects.toMatchObject({
      code: 'TOKEN_DELISTED',
    })
    await expect(swapExactIn(trader, { ...buy, minOut: 0n, deadline })).rejects.toMatchObject({
      code: 'TOKEN_DELISTED',
      message: expect.stringContaining(token),
    })
    const join = { pool, tokenIn: token, amountIn: ONE_TOKEN, minLp: 0n, deadline }
    await expect(joinSingle(trader, join)).rejects.toMatchObject({ code: 'TOKEN_DELISTED' })
    const sell = { pool, tokenIn: token, tokenOut: world.currency, amountIn: ONE_TOKEN }
    const { amountOut } = await quoteExactIn(world.reader, sell)
    expect(await swapExactIn(trader, { ...sell, minOut: amountOut, deadline })).toMatchObject({
      amountOut,
    })
  })

  it('rebuilds its prices from events alone, through listings and single-token liquidity', async () => {
    const tokenIn = tokens[2] ?? zeroAddress
    const deadline = await soon()
    await swapExactIn(trader, {
      ...{ pool, tokenIn: world.currency, tokenOut: tokenIn, amountIn: 10n * ONE_TOKEN },
      ...{ minOut: 0n, deadline },
    })
    const join = { pool, tokenIn, amountIn: 100n * ONE_TOKEN, minLp: 0n, deadline }
    const { lpShares } = await joinSingle(trader, join)
    const exit = { pool, tokenOut: world.currency, lpIn: lpShares / 2n, minOut: 0n, deadline }
    await exitSingle(trader, exit)
    const { prices } = await readHistory(world.reader, { scenario })
    const { tokens: pooled } = await readPool(world.reader, { pool })
    expect(prices.at(-1)?.prices).toEqual(pooled.slice(1).map(({ price }) => price))
    expect(prices.map((point) => point.prices.length)).toEqual([2, 3, 3, 3, 3, 3, 3])
  })
})
