import type { EventStore } from './event-store.ts'
import { IndexError } from './index-error.ts'
import { type MarketView, viewMarket } from './market-view.ts'
import type { StateKeeper } from './state-keeper.ts'

/** Which state is asked for, and for what time what is owed is computed. */
export type ViewTime = {
  /** An earlier block; the last indexed one when left out. */
  readonly block?: number
  /** Unix seconds, not before the block's; the block's when left out. */
  readonly time?: bigint
}

/** The market at an indexed block. @throws {IndexError} NOT_INDEXED. */
export function viewAt(
  { events, keeper }: { readonly events: EventStore; readonly keeper: StateKeeper },
  at: ViewTime,
): MarketView {
  const tip = events.tip()
  if (tip === undefined) throw notIndexed('the chain')
  const { block = tip.number } = at
  const known = events.blockUpTo(block)
  if (known === undefined || block > tip.number) throw notIndexed(`block ${block}`)
  const time = at.time ?? BigInt(known.time)
  if (time < BigInt(known.time)) throw notIndexed(`time ${time}, which is before block ${block},`)
  const state = block === tip.number ? keeper.atTip() : keeper.upTo(block)
  return viewMarket(state, { block, time })
}

function notIndexed(what: string): IndexError {
  return new IndexError('NOT_INDEXED', `${what} is not indexed`)
}
