import { ModelError } from './model-error.ts'
import { WAD } from './solady-pow-wad.ts'

/** PoolReserves.MIN_TRADE, wei of either side of a swap. */
export const MIN_TRADE = 1_000_000n
/** A swap moves at most this part of a balance; 1e18 = 100 %. */
const MAX_TRADE: bigint = (3n * WAD) / 10n
/** No swap leaves less than this part of a token's seed. */
const FLOOR_DIVISOR = 10n ** 9n

/** What a pool holds of one token; wei, and 1e18 = 100 %. */
export type Reserve = {
  readonly balance: bigint
  readonly weight: bigint
  /** Balance below which it is not traded. */
  readonly floor: bigint
  /** The pool sells no more of it. */
  readonly delisted: boolean
}

/** A constant mean pool: currency first, then client tokens in index order. Steps return a new one. */
export type Pool = {
  /** 1e18 = 100 % */
  readonly fee: bigint
  /** LP shares that the opening made. */
  readonly openingShares: bigint
  readonly lpSupply: bigint
  readonly reserves: readonly Reserve[]
}

/** A new reserve with the floor that its seed gives it. */
export function createReserve(seed: bigint, weight: bigint): Reserve {
  const part = seed / FLOOR_DIVISOR
  return { balance: seed, weight, floor: part > MIN_TRADE ? part : MIN_TRADE, delisted: false }
}

/** @throws {ModelError} TOKEN_NOT_LISTED */
export function reserveAt(pool: Pool, token: number): Reserve {
  const reserve = pool.reserves[token]
  if (reserve !== undefined) return reserve
  throw new ModelError(`the pool holds no token ${token}`, { code: 'TOKEN_NOT_LISTED', token })
}

/** The pool after `changes` of balances, by token; wei, negative when they leave. */
export function changeBalances(pool: Pool, changes: ReadonlyMap<number, bigint>): Pool {
  const reserves = pool.reserves.map((reserve, at) => {
    const change = changes.get(at)
    return change === undefined ? reserve : { ...reserve, balance: reserve.balance + change }
  })
  return { ...pool, reserves }
}

/** @throws {ModelError} TOKEN_WAS_DELISTED */
export function checkSold(token: number, { delisted }: Reserve): void {
  if (!delisted) return
  const info = { code: 'TOKEN_WAS_DELISTED', token } as const
  throw new ModelError(`the pool sells no more of token ${token}`, info)
}

/** @throws {ModelError} TRADE_TOO_SMALL, TRADE_ABOVE_LIMIT */
export function checkTrade(amount: bigint, balance: bigint): void {
  if (amount < MIN_TRADE) {
    const info = { code: 'TRADE_TOO_SMALL', amount, min: MIN_TRADE } as const
    throw new ModelError(`${amount} wei is less than the least trade`, info)
  }
  checkPart(amount, balance)
}

/** @param whole - a balance, or the supply of LP shares. @throws {ModelError} TRADE_ABOVE_LIMIT */
export function checkPart(amount: bigint, whole: bigint): void {
  const max = (whole * MAX_TRADE) / WAD
  if (amount <= max) return
  const info = { code: 'TRADE_ABOVE_LIMIT', amount, max } as const
  throw new ModelError(`${amount} wei is more than one trade may move`, info)
}

/** @throws {ModelError} BELOW_FLOOR */
export function checkFloor(token: number, balance: bigint, floor: bigint): void {
  if (balance >= floor) return
  const info = { code: 'BELOW_FLOOR', token, balance, floor } as const
  throw new ModelError(`token ${token} is below its floor`, info)
}
