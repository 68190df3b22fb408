import type { MarketState } from './fold/market-state.ts'
import { inconsistent } from './index-error.ts'
import { ledgerAt } from './ledger-at.ts'

/**
 * Compares what different contracts said of the same thing, after whole blocks: it holds as long as no event is missing.
 * @param time - Unix seconds of the last block.
 * @throws {IndexError} EVENTS_INCONSISTENT.
 */
export function checkMarket(state: MarketState, time: bigint): void {
  checkReserves(state)
  const { unclaimed } = ledgerAt(state, time)
  if (unclaimed < 0n) throw inconsistent(`holders claimed ${-unclaimed} wei more than they earned`)
}

// Nobody can give client tokens to a pool, so what it trades on is what it holds.
function checkReserves({ reserves, clients, terms }: MarketState): void {
  for (const [at, { token, balance }] of reserves.slice(1).entries()) {
    const held = terms.pool === null ? undefined : clients[at]?.holdings.get(terms.pool)
    if (held?.balance !== balance) {
      throw inconsistent(
        `the pool trades on ${balance} wei of ${token}, and holds ${held?.balance ?? 0n}`,
      )
    }
  }
}
