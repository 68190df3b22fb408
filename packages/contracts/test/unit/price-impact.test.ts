import { assert, bigInt, integer, property, record } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ONE_TOKEN } from '../../src/amounts.ts'
import { changeReserves, clientPrices } from '../../src/pool-prices.ts'
import { exitImpact, joinImpact, priceImpact } from '../../src/price-impact.ts'

const side = (balance: bigint, weight: bigint) => ({ balance, weight })
const pool = {
  in: side(100n * ONE_TOKEN, ONE_TOKEN / 2n),
  out: side(100n * ONE_TOKEN, ONE_TOKEN / 2n),
}

describe('priceImpact', () => {
  it('is what the constant product formula says', () => {
    // x = 100, in = 10, no fee: out = 100 * 10 / 110, at the spot price it were 10: 1 - 1/1.1.
    const amountOut = (100n * ONE_TOKEN * 10n) / 110n
    const impact = priceImpact({ ...pool, amountIn: 10n * ONE_TOKEN, amountOut, fee: 0n })
    expect(Number(impact) / 1e18).toBeCloseTo(1 - 1 / 1.1, 15)
  })

  it('leaves the fee aside', () => {
    const fee = ONE_TOKEN / 10n
    const amountIn = 1_000_000n
    expect(priceImpact({ ...pool, amountIn, amountOut: 900_000n, fee })).toBe(0n)
    expect(priceImpact({ ...pool, amountIn, amountOut: 450_000n, fee })).toBe(ONE_TOKEN / 2n)
  })

  it('weighs both sides', () => {
    const weighed = {
      in: side(5_000n * ONE_TOKEN, ONE_TOKEN / 2n),
      out: side(150_000n * ONE_TOKEN, ONE_TOKEN / 6n + 1n),
    }
    // Spot: 90 tokens out for 1 in.
    const swap = { ...weighed, amountIn: ONE_TOKEN, fee: 0n }
    expect(priceImpact({ ...swap, amountOut: 81n * ONE_TOKEN })).toBeLessThan(
      ONE_TOKEN / 10n + 100n,
    )
    expect(priceImpact({ ...swap, amountOut: 81n * ONE_TOKEN })).toBeGreaterThan(
      ONE_TOKEN / 10n - 100n,
    )
  })

  it('is from 0 to 100 %, and grows as less comes out', () => {
    const amounts = bigInt({ min: 1n, max: 10n ** 30n })
    const swaps = record({ amountIn: amounts, amountOut: amounts, less: amounts })
    assert(
      property(swaps, ({ amountIn, amountOut, less }) => {
        const swap = { ...pool, amountIn, fee: ONE_TOKEN / 1_000n }
        const impact = priceImpact({ ...swap, amountOut })
        const worse = priceImpact({ ...swap, amountOut: amountOut > less ? amountOut - less : 0n })
        return impact >= 0n && impact <= worse && worse <= ONE_TOKEN
      }),
      { seed: 3 },
    )
  })

  it('is nothing when nothing goes in', () => {
    expect(priceImpact({ ...pool, amountIn: 0n, amountOut: 0n, fee: 0n })).toBe(0n)
  })
})

describe('clientPrices', () => {
  it('rounds down and follows changes of the reserves', () => {
    const opened = {
      balances: [5_000n * ONE_TOKEN, 150_000n * ONE_TOKEN],
      weights: [ONE_TOKEN / 2n, ONE_TOKEN / 2n],
    }
    expect(clientPrices(opened)).toEqual([ONE_TOKEN / 30n])
    const bought = changeReserves(opened, [
      { at: 0, amount: 5_000n * ONE_TOKEN },
      { at: 1, amount: -50_000n * ONE_TOKEN },
    ])
    expect(clientPrices(bought)).toEqual([ONE_TOKEN / 10n])
    expect(opened.balances[0]).toBe(5_000n * ONE_TOKEN)
  })

  it('has one price per client and none for an empty reserve', () => {
    const clients = integer({ min: 0, max: 100 })
    assert(
      property(clients, (count) => {
        const balances = Array.from({ length: count + 1 }, () => 0n)
        const prices = clientPrices({ balances, weights: balances })
        return prices.length === count && prices.every((price) => price === 0n)
      }),
      { seed: 4 },
    )
  })
})

describe('the impact of liquidity in one token', () => {
  // Weight 1/2, fee 10 %: the fee takes (1 - 0.1) / (1 - 0.05) of what trades, whatever the size.
  const fee = ONE_TOKEN / 10n
  const left = (amount: bigint) => (amount * 18n) / 19n
  const pooled = { side: side(1_000n * ONE_TOKEN, ONE_TOKEN / 2n), lpSupply: 100n * ONE_TOKEN, fee }

  it('of a join is what its root loses against the straight line', () => {
    // (1 + 0.21)^(1/2) - 1 = 0.1 of the supply; a line from 0 gives 0.21 / 2.
    const amount = (210n * ONE_TOKEN * 19n) / 18n
    const impact = joinImpact({ ...pooled, amount, lpShares: 10n * ONE_TOKEN })
    expect(Number(impact) / 1e18).toBeCloseTo(1 - 0.1 / 0.105, 15)
  })

  it('of an exit is half of the part that is taken out, at equal weights', () => {
    // 1 - (1 - 0.2)^2 = 0.36 of the balance; a line gives 0.4.
    const amount = left(360n * ONE_TOKEN)
    const impact = exitImpact({ ...pooled, amount, lpShares: 20n * ONE_TOKEN })
    expect(Number(impact) / 1e18).toBeCloseTo(0.1, 15)
  })

  it('is nothing for nothing, and never negative', () => {
    expect(joinImpact({ ...pooled, amount: 0n, lpShares: 0n })).toBe(0n)
    expect(exitImpact({ ...pooled, amount: 0n, lpShares: 0n })).toBe(0n)
    const gift = { ...pooled, amount: ONE_TOKEN, lpShares: ONE_TOKEN }
    expect([joinImpact(gift), exitImpact({ ...gift, lpShares: 1n })]).toEqual([0n, 0n])
  })
})
