import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactLn } from '../../../src/model/exact-ln.ts'
import { EXACT_BITS } from '../../../src/model/exact-number.ts'
import type { Pool } from '../../../src/model/pool.ts'
import { delistToken, listToken } from '../../../src/model/pool-list.ts'
import { openPool } from '../../../src/model/pool-open.ts'
import { exitProportional, joinProportional } from '../../../src/model/pool-proportional.ts'
import { exitSingle, joinSingle } from '../../../src/model/pool-single.ts'
import { swapExactIn, swapExactOut } from '../../../src/model/pool-swap.ts'
import { WAD } from '../../../src/model/solady-pow-wad.ts'
import { spotPrice } from '../../../src/model/spot-price.ts'

const TOKEN = 10n ** 18n
/** Of a sum of logarithms times 1e18, each known to 75 digits: 1e-54 or so. */
const LN_ERROR = 1n << 76n

function createPool(
  fee = 0n,
  issuance: readonly bigint[] = [1n, 1n, 1n],
  currencyWeight = WAD / 2n,
): Pool {
  const { pool } = openPool({
    fee,
    currencyAmount: 10_000n * TOKEN,
    currencyWeight,
    tokenAmounts: issuance.map((weight) => 200_000n * TOKEN * weight),
    issuance,
  })
  return pool
}

/** ln of V per LP share, times 1e18, as an exact number: what no step may lower. */
function valuePerShare({ reserves, lpSupply }: Pool): bigint {
  const sum = reserves.reduce(
    (total, { balance, weight }) => total + weight * exactLn(balance << EXACT_BITS),
    0n,
  )
  return sum - WAD * exactLn(lpSupply << EXACT_BITS)
}

const share = fc.bigInt({ min: 1n, max: 1_000n })
const place = fc.integer({ min: 0, max: 3 })

describe('the model of the pool', () => {
  it('opens at one price for all tokens, with weights that sum to one', () => {
    for (const issuance of [
      [1n, 1n, 1n],
      [1n, 2n, 7n],
    ]) {
      const pool = createPool(0n, issuance)
      expect(pool.reserves.reduce((sum, { weight }) => sum + weight, 0n)).toBe(WAD)
      const prices = [1, 2, 3].map((token) => spotPrice(pool, token))
      for (const price of prices) expect(price - (prices[0] ?? 0n) <= 1n).toBe(true)
    }
  })

  it('lets no step lower V per LP share, without a fee to hide it', () => {
    const step = fc.tuple(
      fc.constantFrom('in', 'out', 'join', 'exit', 'joinOne', 'exitOne'),
      place,
      place,
      share,
    )
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 20 }), (steps) => {
        let pool = createPool()
        for (const [kind, a, b, part] of steps) {
          const of = (balance: bigint): bigint => (balance * part) / 4_000n
          const balance = pool.reserves[a]?.balance ?? 0n
          const before = valuePerShare(pool)
          // Small enough for the other side's limit too: the currency weighs three times as much as a token.
          if (kind === 'in' && a !== b)
            pool = swapExactIn(pool, { tokenIn: a, tokenOut: b, amountIn: of(balance) / 4n }).pool
          if (kind === 'out' && a !== b) {
            pool = swapExactOut(pool, {
              tokenIn: b,
              tokenOut: a,
              amountOut: of(balance) / 20n,
            }).pool
          }
          if (kind === 'join') pool = joinProportional(pool, of(pool.lpSupply)).pool
          if (kind === 'exit') pool = exitProportional(pool, of(pool.lpSupply)).pool
          if (kind === 'joinOne') pool = joinSingle(pool, a, of(balance)).pool
          if (kind === 'exitOne') pool = exitSingle(pool, a, of(pool.lpSupply) / 20n).pool
          expect(valuePerShare(pool) >= before - LN_ERROR).toBe(true)
        }
      }),
      { numRuns: 60 },
    )
  })

  it('lists a token at the price of issuance and leaves prices and shares of the others as they are', () => {
    const before = swapExactIn(createPool(), {
      tokenIn: 0,
      tokenOut: 2,
      amountIn: 900n * TOKEN,
    }).pool
    const after = listToken(before, { amount: 400_000n * TOKEN, issuance: 2n, firstIssuance: 1n })
    expect(after.reserves.reduce((sum, { weight }) => sum + weight, 0n)).toBe(WAD)
    expect(after.lpSupply).toBe(before.lpSupply)
    for (const token of [1, 2, 3]) {
      const [old, now] = [spotPrice(before, token), spotPrice(after, token)]
      expect((old > now ? old - now : now - old) * 10n ** 15n <= old).toBe(true)
    }
    // u*k / (1 + u*k) with u*k twice the weight of client 0.
    const grown = (before.reserves[1]?.weight ?? 0n) * 2n
    expect(after.reserves[4]?.weight).toBe((grown * WAD) / (WAD + grown))
    expect(exitProportional(after, TOKEN).amounts.slice(0, 4)).toEqual(
      exitProportional(before, TOKEN).amounts,
    )
  })

  it('refuses to list when a weight would leave its bounds', () => {
    const heavy = { amount: TOKEN * 1_000n, issuance: 255n, firstIssuance: 1n }
    expect(() => listToken(createPool(), heavy)).toThrow('token 0 would weigh')
    const listing = { amount: TOKEN, issuance: 1n, firstIssuance: 1n }
    expect(() => listToken(createPool(0n, [1n, 60n]), listing)).not.toThrow()
    // 0.25 % of its own is enough, but not a two-hundredth of the currency's half.
    expect(() => listToken(createPool(0n, [1n, 100n]), listing)).toThrow('token 1 would weigh')
    const fifth = WAD / 5n
    expect(() =>
      listToken(createPool(0n, [325n, 325n, 1n], fifth), { ...listing, issuance: 1n }),
    ).toThrow('token 0 would weigh')
    const more = (2n * WAD) / 9n
    expect(() => listToken(createPool(0n, [1n, 305n], more), listing)).not.toThrow()
    expect(() => listToken(createPool(0n, [1n, 311n], more), listing)).toThrow(
      'token 1 would weigh',
    )
  })

  it('sells no delisted token, and takes it on', () => {
    const pool = delistToken(createPool(), 2)
    const message = 'the pool sells no more of token 2'
    expect(() => swapExactIn(pool, { tokenIn: 0, tokenOut: 2, amountIn: TOKEN })).toThrow(message)
    expect(() => swapExactOut(pool, { tokenIn: 0, tokenOut: 2, amountOut: TOKEN })).toThrow(message)
    expect(() => exitSingle(pool, 2, TOKEN)).toThrow(message)
    expect(() => joinSingle(pool, 2, TOKEN)).toThrow(message)
    expect(() => delistToken(pool, 2)).toThrow(message)
    expect(
      swapExactIn(pool, { tokenIn: 2, tokenOut: 0, amountIn: TOKEN }).swap.amountOut,
    ).toBeGreaterThan(0n)
    expect(exitProportional(pool, TOKEN).amounts[2]).toBeGreaterThan(0n)
  })

  it('keeps to the limits of the contract', () => {
    const pool = createPool()
    const max = (10_000n * TOKEN * 3n) / 10n
    const swap = { tokenIn: 0, tokenOut: 1 }
    expect(swapExactIn(pool, { ...swap, amountIn: max / 10n }).swap.amountIn).toBe(max / 10n)
    expect(() => swapExactIn(pool, { ...swap, amountIn: max + 1n })).toThrow(
      'more than one trade may move',
    )
    expect(() => swapExactIn(pool, { ...swap, amountIn: 999_999n })).toThrow(
      'less than the least trade',
    )
    expect(() => swapExactIn(pool, { ...swap, tokenOut: 0, amountIn: TOKEN })).toThrow(
      'both tokens are the same',
    )
    expect(() => swapExactIn(pool, { ...swap, tokenOut: 9, amountIn: TOKEN })).toThrow(
      'the pool holds no token 9',
    )
    expect(() => exitSingle(pool, 0, (pool.lpSupply * 3n) / 10n + 1n)).toThrow(
      'more than one trade may move',
    )
    const drained = {
      ...pool,
      reserves: pool.reserves.with(1, {
        balance: 10n ** 14n,
        weight: WAD / 6n,
        floor: 2n * 10n ** 14n,
        delisted: false,
      }),
    }
    expect(() => swapExactIn(drained, { tokenIn: 1, tokenOut: 0, amountIn: 10n ** 7n })).toThrow(
      'token 1 is below its floor',
    )
    expect(() => joinSingle(drained, 1, 10n ** 7n)).toThrow('token 1 is below its floor')
    const rich = {
      ...pool,
      reserves: pool.reserves.with(3, {
        balance: 10n ** 33n,
        weight: WAD / 1_000n,
        floor: 1n,
        delisted: false,
      }),
    }
    expect(() => joinSingle({ ...rich, lpSupply: 10n ** 6n }, 3, 10n ** 7n)).toThrow(
      'not worth an LP share',
    )
  })
})
