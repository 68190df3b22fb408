import type { EventStore } from './event-store.ts'
import { type PriceEvent, priceEventsOf } from './price-events.ts'

/** What moved prices, up to the tip of a store; decoded again only when the tip moved. */
export type PriceLog = { atTip(): readonly PriceEvent[] }

/** @param pool - lower case. */
export function createPriceLog(store: EventStore, pool: string): PriceLog {
  let kept: { readonly hash: string; readonly events: readonly PriceEvent[] } | undefined
  return {
    atTip() {
      const tip = store.tip()
      if (tip === undefined) return []
      if (kept?.hash !== tip.hash) {
        const logs = store.logs({ after: -1, upTo: tip.number, address: pool })
        kept = { hash: tip.hash, events: priceEventsOf(logs) }
      }
      return kept.events
    },
  }
}
