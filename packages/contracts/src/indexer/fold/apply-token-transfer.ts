import { type Address, zeroAddress } from 'viem'
import { inconsistent } from '../index-error.ts'
import { accumulatorAt, elapsedAt } from './accumulators.ts'
import { giveTokens, holdingOf, takeTokens } from './holdings.ts'
import type { ClientLedger, MarketState } from './market-state.ts'

/** A Transfer event of client token `index` in a block of that time (Unix seconds). */
export type TokenTransfer = {
  readonly index: number
  readonly token: Address
  readonly from: Address
  readonly to: Address
  readonly amount: bigint
  readonly time: bigint
}

/** Moves a client token between accounts, at the accumulator of its stream. */
export function applyTokenTransfer(state: MarketState, transfer: TokenTransfer): void {
  const { index, from, to, amount, time } = transfer
  if (from === zeroAddress) {
    mint(state, transfer)
    return
  }
  const client = state.clients[index]
  if (client === undefined) throw inconsistent(`token ${index} moves before its client registered`)
  bookPool(state, client, transfer)
  const acc = accumulatorAt(state, index, time)
  takeTokens(holdingOf(client.holdings, from), amount, acc)
  giveTokens(holdingOf(client.holdings, to), amount, acc)
}

// The supply is handed out while the client registers, before any stream of its own, so at accumulator 0.
function mint(state: MarketState, { index, token, to, amount }: TokenTransfer): void {
  let client = state.clients[index]
  if (client === undefined) {
    const holdings = new Map()
    client = { token, controller: to, name: '', supply: 0n, base: 0n, rate: 0n, holdings }
    state.clients[index] = client
  }
  client.supply += amount
  giveTokens(holdingOf(client.holdings, to), amount, 0n)
}

function bookPool(
  { clock, poolStream, terms }: MarketState,
  client: ClientLedger,
  { index, from, to, amount, time }: TokenTransfer,
): void {
  const moved = (to === terms.pool ? amount : 0n) - (from === terms.pool ? amount : 0n)
  // While a round is settled, a token that waits for its turn is counted when it comes.
  if (clock.settling && index >= clock.cursor) return
  const change = moved * client.rate
  poolStream.base -= change * elapsedAt(clock, index, time)
  poolStream.rate += change
}
