import { type Address, zeroAddress } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSeededRandom } from '../../../scripts/seeded-random.ts'
import { meanPoolAbi } from '../../../src/generated/mean-pool.ts'
import {
  type Anvil,
  closeRegistration,
  connectChain,
  delistClient,
  ONE_TOKEN,
  openMarket,
  readBlockTime,
  readPool,
  startAnvil,
  swapExactIn,
} from '../../../src/index.ts'
import { createOfflineQuotes } from '../../../src/model/offline-quotes.ts'
import { createWorld, newScenario, registerAs, type World } from '../../support/federation.ts'

const QUOTES = 25

describe('quotes without the chain', () => {
  let anvil: Anvil
  let world: World
  let scenario: Address
  let pool: Address
  let tokens: readonly Address[]

  beforeAll(async () => {
    anvil = await startAnvil()
    world = await createWorld(await connectChain({ rpcUrl: anvil.rpcUrl }))
    ;({ scenario, pool } = await newScenario(world))
    const clients = [
      await registerAs(world, { scenario, name: 'north' }),
      await registerAs(world, { scenario, name: 'south' }),
    ]
    tokens = [world.currency, ...clients.map(({ token }) => token)]
    await closeRegistration(world.federator, { scenario })
    await openMarket(world.federator, { scenario })
    const deadline = (await readBlockTime(world.reader)) + 3_600n
    const [tokenIn = zeroAddress, tokenOut = zeroAddress] = tokens
    // Balances without round numbers.
    await swapExactIn(world.federator, {
      pool,
      tokenIn,
      tokenOut,
      amountIn: 123n * ONE_TOKEN + 7n,
      minOut: 0n,
      deadline,
    })
  }, 60_000)

  afterAll(() => anvil?.stop())

  it('are what the pool answers, to the wei', async () => {
    const state = await readPool(world.reader, { pool })
    const quotes = createOfflineQuotes(state)
    const random = createSeededRandom(0xfed012n)
    const ask = { address: pool, abi: meanPoolAbi } as const
    for (let i = 0; i < QUOTES; i += 1) {
      const from = Number(random.below(3n))
      const to = (from + 1 + Number(random.below(2n))) % 3
      const [tokenIn = zeroAddress, tokenOut = zeroAddress] = [tokens[from], tokens[to]]
      const amount = random.spread(ONE_TOKEN / 1_000n, (state.tokens[from]?.balance ?? 0n) / 20n)
      const shares = random.spread(ONE_TOKEN / 1_000n, state.lpSupply / 20n)
      const chain = world.reader.public
      expect(quotes.exactIn(tokenIn, tokenOut, amount)).toBe(
        await chain.readContract({
          ...ask,
          functionName: 'quoteExactIn',
          args: [tokenIn, tokenOut, amount],
        }),
      )
      expect(quotes.exactOut(tokenOut, tokenIn, amount)).toBe(
        await chain.readContract({
          ...ask,
          functionName: 'quoteExactOut',
          args: [tokenOut, tokenIn, amount],
        }),
      )
      expect(quotes.joinSingle(tokenIn, amount)).toBe(
        await chain.readContract({
          ...ask,
          functionName: 'quoteJoinSingle',
          args: [tokenIn, amount],
        }),
      )
      expect(quotes.exitSingle(tokenIn, shares)).toBe(
        await chain.readContract({
          ...ask,
          functionName: 'quoteExitSingle',
          args: [tokenIn, shares],
        }),
      )
    }
  })

  it('are refused for strangers and delisted tokens', async () => {
    const [currency = zeroAddress, north = zeroAddress] = tokens
    await delistClient(world.federator, { scenario, index: 0 })
    const quotes = createOfflineQuotes(await readPool(world.reader, { pool }))
    expect(() => quotes.exactIn(currency, zeroAddress, ONE_TOKEN)).toThrow(
      'the pool holds no token -1',
    )
    expect(() => quotes.exactIn(currency, north, ONE_TOKEN)).toThrow(
      'the pool sells no more of token 1',
    )
    expect(quotes.exactIn(north, currency, ONE_TOKEN)).toBeGreaterThan(0n)
  })
})
