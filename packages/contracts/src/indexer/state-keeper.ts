import { checkMarket } from './check-market.ts'
import type { CheckpointStore } from './checkpoints.ts'
import type { EventStore, IndexedRange } from './event-store.ts'
import { applyLog, startMarket } from './fold/apply-log.ts'
import type { MarketState } from './fold/market-state.ts'
import type { MarketTerms } from './market-terms.ts'

/** Events between two checkpoints: what a restart has to take at most, in some ten milliseconds. */
export const CHECKPOINT_EVENTS = 1_000
/** Before every block. */
const NOWHERE = -1

/** The state at the tip, kept in memory as long as nobody else moves the tip. */
export type StateKeeper = {
  /** State at the tip of the store, from memory, or from a checkpoint and the events after it. Not to be changed. */
  atTip(): MarketState
  /** State at an earlier block, made for the caller. */
  upTo(block: number): MarketState
  /** Stores a range that follows the tip, takes its events and saves a checkpoint when it is time. Callers bring the transaction. */
  append(range: IndexedRange): void
  /** Forgets what is in memory: it may be ahead of a transaction that failed. */
  drop(): void
}

type Kept = {
  readonly state: MarketState
  readonly hash: string | undefined
  readonly uncheckpointed: number
}

/** @param stores - of one database. */
export function createStateKeeper(
  terms: MarketTerms,
  { events, checkpoints }: { events: EventStore; checkpoints: CheckpointStore },
): StateKeeper {
  let kept: Kept | undefined
  const rebuild = (block: number): Kept => {
    const found = checkpoints.latestUpTo(block)
    const start = found ?? { block: NOWHERE, state: startMarket(terms) }
    let uncheckpointed = 0
    for (const log of events.logs({ after: start.block, upTo: block })) {
      applyLog(start.state, log, BigInt(log.time))
      uncheckpointed += 1
    }
    return { state: start.state, hash: events.blockUpTo(block)?.hash, uncheckpointed }
  }
  const current = (): Kept => {
    const tip = events.tip()
    if (kept === undefined || kept.hash !== tip?.hash) kept = rebuild(tip?.number ?? NOWHERE)
    return kept
  }
  return {
    atTip: () => current().state,
    upTo: (block) => rebuild(block).state,
    append(range) {
      const { state, ...before } = current()
      events.append(range)
      const times = new Map(range.blocks.map(({ number, time }) => [number, BigInt(time)]))
      for (const log of range.logs) applyLog(state, log, times.get(log.block) ?? 0n)
      const tip = range.blocks.at(-1)
      checkMarket(state, BigInt(tip?.time ?? 0))
      let uncheckpointed = before.uncheckpointed + range.logs.length
      if (tip !== undefined && uncheckpointed >= CHECKPOINT_EVENTS) {
        checkpoints.save({ block: tip.number, state })
        uncheckpointed = 0
      }
      kept = { state, hash: tip?.hash, uncheckpointed }
    },
    drop() {
      kept = undefined
    },
  }
}
