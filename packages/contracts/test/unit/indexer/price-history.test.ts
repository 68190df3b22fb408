import { type Address, numberToHex } from 'viem'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { meanPoolAbi } from '../../../src/generated/mean-pool.ts'
import type { TokenPrice } from '../../../src/index.ts'
import type { Arena } from './support/arena.ts'
import { playedMarket } from './support/played-market.ts'
import { rpc } from './support/rpc.ts'

describe('the history of a price', () => {
  let arena: Arena
  let tokens: readonly Address[]

  beforeAll(async () => {
    arena = await playedMarket({ seed: 22, actions: 500 })
    tokens = arena.indexer
      .view()
      .reserves.slice(1)
      .map(({ token }) => token)
  }, 120_000)

  afterAll(() => arena?.stop())

  const spotPrice = (token: Address, block: number): Promise<bigint> =>
    arena.world.reader.public.readContract({
      address: arena.pool,
      abi: meanPoolAbi,
      functionName: 'spotPrice',
      args: [token],
      blockNumber: BigInt(block),
    })

  it('ends every block with the price that the pool says there', async () => {
    let compared = 0
    for (const token of tokens) {
      const last = new Map<number, TokenPrice>()
      for (const point of arena.indexer.priceHistory(token)) last.set(point.block, point)
      compared += last.size
      const [first] = last.values()
      expect(['open', 'list']).toContain(first?.kind)
      for (const { block, price } of last.values()) {
        expect(price).toBe(await spotPrice(token, block))
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  it('stands still between its points', async () => {
    const { block: head } = arena.indexer.view()
    for (const token of tokens) {
      const points = arena.indexer.priceHistory(token)
      for (const [at, { block, price }] of points.entries()) {
        const next = points[at + 1]?.block ?? head + 1
        if (next > block + 1) expect(await spotPrice(token, next - 1)).toBe(price)
      }
    }
  })

  it('has no points for what does not concern the token', () => {
    for (const token of tokens) {
      const points = arena.indexer.priceHistory(token)
      const idle = points.filter(
        ({ tokenIn, currencyIn, price }, at) =>
          tokenIn === 0n && currencyIn === 0n && price === points[at - 1]?.price,
      )
      expect(idle).toEqual([])
    }
  })

  it('adds up to the reserves: what came in of a token is what the pool has', () => {
    const { reserves } = arena.indexer.view()
    for (const { token, balance } of reserves.slice(1)) {
      const moved = arena.indexer.priceHistory(token).map(({ tokenIn }) => tokenIn)
      expect(moved.reduce((sum, one) => sum + one, 0n)).toBe(balance)
    }
  })

  it('says when, by what and in which transaction', async () => {
    const points = tokens.flatMap((token) => arena.indexer.priceHistory(token))
    expect(new Set(points.map(({ kind }) => kind))).toEqual(
      new Set(['open', 'swap', 'join', 'exit', 'list']),
    )
    for (const { block, time, transaction } of points.slice(-20)) {
      const header = await rpc(arena.anvil.rpcUrl, 'eth_getBlockByNumber', [
        numberToHex(block),
        false,
      ])
      const { timestamp, transactions } = header as { timestamp: string; transactions: string[] }
      expect(Number(timestamp)).toBe(time)
      expect(transactions).toContain(transaction)
    }
  })

  it('is asked for in any writing of the address, and is empty for what is no token of the market', () => {
    const [token = arena.pool] = tokens
    const lower = token.toLowerCase() as Address
    expect(arena.indexer.priceHistory(lower)).toEqual(arena.indexer.priceHistory(token))
    expect(arena.indexer.priceHistory(arena.scenario)).toEqual([])
  })
})
