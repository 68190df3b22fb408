import type { Address } from 'viem'
import type { meanPoolAbi } from '../../generated/mean-pool.ts'
import { SCALE_BITS } from '../../model/stream.ts'
import { inconsistent } from '../index-error.ts'
import { applyLpTransfer } from './apply-lp-transfer.ts'
import { changesNothing, type EventHandlers } from './event-handlers.ts'
import { holdingOf } from './holdings.ts'
import type { MarketState, ReserveState } from './market-state.ts'

/** What each event of a pool does to the state. */
export const POOL_HANDLERS: EventHandlers<typeof meanPoolAbi> = {
  Opened({ reserves, clients, terms }, { balances, weights }) {
    const tokens = [terms.currency, ...clients.map(({ token }) => token)]
    for (const [at, balance] of balances.entries()) {
      reserves.push(reserveOf(tokens[at], balance, weights[at]))
    }
  },
  Swapped({ reserves }, { tokenIn, tokenOut, amountIn, amountOut }) {
    change(reserves, tokenIn, amountIn)
    change(reserves, tokenOut, -amountOut)
  },
  Joined({ reserves }, { amounts }) {
    for (const [at, { token }] of reserves.entries()) change(reserves, token, amounts[at] ?? 0n)
  },
  Exited({ reserves }, { amounts }) {
    for (const [at, { token }] of reserves.entries()) change(reserves, token, -(amounts[at] ?? 0n))
  },
  JoinedSingle({ reserves }, { token, amount }) {
    change(reserves, token, amount)
  },
  ExitedSingle({ reserves }, { token, amount }) {
    change(reserves, token, -amount)
  },
  Listed({ reserves }, { token, amount, weights }) {
    reserves.push(reserveOf(token, amount, weights.at(-1)))
    for (const [at, reserve] of reserves.entries()) reserve.weight = weights[at] ?? 0n
  },
  Delisted({ reserves }, { token }) {
    find(reserves, token).delisted = true
  },
  LpClaimed({ lp }, { holder, amount }) {
    // The accumulator need not be brought up to date: without a change of the supply, later comes to the same.
    holdingOf(lp.holdings, holder).correction -= amount << SCALE_BITS
    lp.held -= amount
  },
  Transfer(state: MarketState, { from, to, amount }, time) {
    applyLpTransfer(state, { from, to, amount, time })
  },
  Approval: changesNothing,
}

function reserveOf(token: Address | undefined, balance: bigint, weight = 0n): ReserveState {
  if (token === undefined) throw inconsistent('the pool has more tokens than clients registered')
  return { token, balance, weight, delisted: false }
}

function change(reserves: readonly ReserveState[], token: Address, amount: bigint): void {
  const reserve = find(reserves, token)
  reserve.balance += amount
  if (reserve.balance < 0n) throw inconsistent(`the pool gives more of ${token} than it has`)
}

function find(reserves: readonly ReserveState[], token: Address): ReserveState {
  const reserve = reserves.find((one) => one.token === token)
  if (reserve === undefined) throw inconsistent(`the pool moves ${token}, which it does not hold`)
  return reserve
}
