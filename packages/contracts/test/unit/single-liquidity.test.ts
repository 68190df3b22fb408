import type { Address } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  type Anvil,
  type ChainAccount,
  closeRegistration,
  connectChain,
  dryRun,
  exitSingle,
  joinSingle,
  minOutOf,
  ONE_TOKEN,
  openMarket,
  quoteExitSingle,
  quoteJoinSingle,
  readBlockTime,
  readPool,
  readPortfolio,
  startAnvil,
} from '../../src/index.ts'
import { accountOf } from '../support/accounts.ts'
import { createWorld, mint, newScenario, registerAs, type World } from '../support/federation.ts'

const PERCENT = ONE_TOKEN / 100n

describe('liquidity in one token', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let pool: Address
  let token: Address
  let provider: ChainAccount

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    ;({ scenario, pool } = await newScenario(world))
    ;({ token } = await registerAs(world, { scenario, name: 'alpha' }))
    await registerAs(world, { scenario, name: 'beta' })
    await closeRegistration(world.federator, { scenario })
    await openMarket(world.federator, { scenario })
    provider = await accountOf(world.reader, 'provider')
    await mint(world, provider.address)
  }, 60_000)

  afterAll(() => anvil?.stop())

  const soon = async () => (await readBlockTime(world.reader)) + 600n
  const held = async () => {
    const { lp, tokens, currency } = await readPortfolio(world.reader, {
      scenario,
      holder: provider.address,
    })
    return { lp: lp?.balance ?? 0n, token: tokens[0]?.balance ?? 0n, currency: currency.balance }
  }

  it('gives as many LP shares as quoted, for exactly what was approved', async () => {
    const join = { pool, tokenIn: world.currency, amountIn: 100n * ONE_TOKEN }
    const quote = await quoteJoinSingle(world.reader, join)
    const before = await held()
    const args = { ...join, minLp: quote.lpShares, deadline: await soon() }
    const dry = await dryRun(provider, (as) => joinSingle(as, args))
    expect(dry.transactions.map(({ approval }) => approval?.amount)).toEqual([
      join.amountIn,
      undefined,
    ])
    expect(await joinSingle(provider, args)).toMatchObject({ lpShares: quote.lpShares })
    const after = await held()
    expect(after.lp - before.lp).toBe(quote.lpShares)
    expect(before.currency - after.currency).toBe(join.amountIn)
  })

  it('gives as much of another token as quoted', async () => {
    const lpIn = (await held()).lp / 2n
    const exit = { pool, tokenOut: token, lpIn }
    const quote = await quoteExitSingle(world.reader, exit)
    const before = await held()
    const minOut = minOutOf(quote.amount, 0)
    const out = await exitSingle(provider, { ...exit, minOut, deadline: await soon() })
    expect(out.amountOut).toBe(quote.amount)
    const after = await held()
    expect(after.token - before.token).toBe(quote.amount)
    expect(before.lp - after.lp).toBe(lpIn)
  })

  it('says how much its size costs, the fee left aside', async () => {
    const { tokens } = await readPool(world.reader, { pool })
    const balance = tokens[0]?.balance ?? 0n
    const impactOf = async (amountIn: bigint) =>
      (await quoteJoinSingle(world.reader, { pool, tokenIn: world.currency, amountIn })).priceImpact
    // (1 + x)^w - 1 = w·x - w·(1 - w)·x²/2 + …: with w = 1/2, a hundredth of the balance loses about x/4 of what it gives.
    const impact = await impactOf(balance / 100n)
    expect(impact).toBeGreaterThan((PERCENT * 24n) / 100n)
    expect(impact).toBeLessThan((PERCENT * 25n) / 100n)
    expect(await impactOf(balance / 5n)).toBeGreaterThan(4n * PERCENT)
    const { lp } = await held()
    const small = await quoteExitSingle(world.reader, { pool, tokenOut: token, lpIn: lp / 100n })
    const large = await quoteExitSingle(world.reader, { pool, tokenOut: token, lpIn: lp })
    expect(small.priceImpact).toBeLessThan(large.priceImpact)
  })

  it('fails with the sentence of its limits', async () => {
    const deadline = await soon()
    const join = { pool, tokenIn: world.currency, amountIn: ONE_TOKEN, minLp: 0n, deadline }
    const exit = { pool, tokenOut: token, lpIn: ONE_TOKEN / 100n, minOut: 0n, deadline }
    const huge = 10n ** 30n
    const cases: [string, () => Promise<unknown>][] = [
      ['OUT_BELOW_MIN', () => joinSingle(provider, { ...join, minLp: huge })],
      ['OUT_BELOW_MIN', () => exitSingle(provider, { ...exit, minOut: huge })],
      ['DEADLINE_PASSED', () => joinSingle(provider, { ...join, deadline: 1n })],
      ['DEADLINE_PASSED', () => exitSingle(provider, { ...exit, deadline: 1n })],
      ['INSUFFICIENT_BALANCE', () => joinSingle(provider, { ...join, amountIn: huge })],
      ['AMOUNT_TOO_SMALL', () => joinSingle(provider, { ...join, amountIn: 1n })],
      ['AMOUNT_ABOVE_LIMIT', () => joinSingle(provider, { ...join, amountIn: 5_000n * ONE_TOKEN })],
      ['UNKNOWN_TOKEN', () => exitSingle(provider, { ...exit, tokenOut: provider.address })],
    ]
    for (const [code, attempt] of cases) {
      await expect(attempt(), code).rejects.toMatchObject({ code })
    }
  })
})
