import type { TimedLog } from './event-store.ts'
import { decodePoolLog } from './fold/apply-log.ts'
import type { MarketState } from './fold/market-state.ts'
import { POOL_HANDLERS } from './fold/pool-handlers.ts'

/** What moved a price. */
export type PriceEventKind = 'open' | 'swap' | 'join' | 'exit' | 'list'

/** A decoded event of the pool that changes its reserves or weights. */
export type PriceEvent = Pick<TimedLog, 'block' | 'logIndex' | 'time' | 'transaction'> & {
  readonly kind: PriceEventKind
  /** Does to the reserves of a state what the event did. */
  readonly apply: (state: MarketState) => void
}

const KINDS: Readonly<Record<string, PriceEventKind>> = {
  Opened: 'open',
  Swapped: 'swap',
  Joined: 'join',
  JoinedSingle: 'join',
  Exited: 'exit',
  ExitedSingle: 'exit',
  Listed: 'list',
}

/** Picks from a pool's logs what moved prices. Decoding costs more than all else, so it is done once for all tokens. */
export function priceEventsOf(logs: Iterable<TimedLog>): PriceEvent[] {
  const found: PriceEvent[] = []
  for (const log of logs) {
    const event = decodePoolLog(log)
    const kind = event === undefined ? undefined : KINDS[event.eventName]
    if (event === undefined || kind === undefined) continue
    // Name and arguments come from one item of the ABI, which the table's type is made of; reserves know no time.
    const handle = POOL_HANDLERS[event.eventName] as (state: MarketState, args: unknown) => void
    const { block, logIndex, time, transaction } = log
    const apply = (state: MarketState): void => handle(state, event.args)
    found.push({ block, logIndex, time, transaction, kind, apply })
  }
  return found
}
