import type { Logger } from '@fednode/protocol'
import { readBlockNumber } from '../reads/block.ts'
import type { ChainReader } from '../types.ts'
import type { EventStore, IndexedBlock } from './event-store.ts'
import { fetchRange } from './fetch-range.ts'
import { findFork } from './find-fork.ts'
import { IndexError } from './index-error.ts'
import type { MarketTerms } from './market-terms.ts'
import type { StateKeeper } from './state-keeper.ts'

/** Blocks of one transaction of the index; a node that allows fewer in one answer is asked in parts. */
const RANGE_BLOCKS = 10_000
/** How often a sync begins again because the chain changed while it was read. */
const MAX_RESTARTS = 10

/** What a sync did. */
export type SyncReport = {
  /** Last indexed block; null before the first. */
  readonly tip: IndexedBlock | null
  /** Events that it read. */
  readonly events: number
  /** Blocks that a reorg took back, up to the last event that still stands. */
  readonly undone: number
}

type SyncOptions = {
  readonly fromBlock?: bigint
  readonly confirmations?: number
  readonly rangeBlocks?: number
}

type SyncDeps = {
  readonly reader: ChainReader
  readonly logger: Logger
  readonly terms: MarketTerms
  readonly events: EventStore
  readonly keeper: StateKeeper
  /** Runs writes in one transaction. */
  readonly write: (work: () => void) => void
}

type Done = { events: number; undone: number }

/** A function that brings the index to the head of the chain, range by range. */
export function createSync(options: SyncOptions, deps: SyncDeps): () => Promise<SyncReport> {
  return async () => {
    const done: Done = { events: 0, undone: 0 }
    for (let tries = 1; tries <= MAX_RESTARTS; tries += 1) {
      done.undone += await undoFork(deps)
      if (await readToHead(options, deps, done)) return { tip: deps.events.tip() ?? null, ...done }
    }
    throw new IndexError(
      'CHAIN_UNSTEADY',
      `the chain changed ${MAX_RESTARTS} times while its events were read`,
    )
  }
}

async function undoFork({ reader, events, write, logger }: SyncDeps): Promise<number> {
  const tip = events.tip()
  const fork = await findFork(reader, events)
  if (tip === undefined || fork === tip.number) return 0
  write(() => events.cutAfter(fork))
  logger.info({ from: tip.number, to: fork }, 'the chain took blocks back, and so did the index')
  return tip.number - fork
}

/** @returns false when the chain changed meanwhile. */
async function readToHead(options: SyncOptions, deps: SyncDeps, done: Done): Promise<boolean> {
  const { fromBlock = 0n, confirmations = 0, rangeBlocks = RANGE_BLOCKS } = options
  const { reader, events, keeper, terms } = deps
  const head = Number(await readBlockNumber(reader)) - confirmations
  for (;;) {
    const tip = events.tip()
    const from = tip === undefined ? Number(fromBlock) : tip.number + 1
    if (from > head) return true
    const to = Math.min(from + rangeBlocks - 1, head)
    const clients = keeper.atTip().clients.length
    const range = await fetchRange(reader, { terms, clients, from, to, parent: tip?.hash })
    if (range === undefined) return false
    append(deps, { tip, range })
    done.events += range.logs.length
  }
}

type Append = {
  /** What the range follows on. */
  readonly tip: IndexedBlock | undefined
  readonly range: Parameters<StateKeeper['append']>[0]
}

function append({ events, keeper, write, logger }: SyncDeps, { tip, range }: Append): void {
  try {
    write(() => {
      // Another process wrote meanwhile: its range is as good as this one, which is read again from there.
      if (events.tip()?.hash !== tip?.hash) return
      keeper.append(range)
    })
  } catch (error) {
    keeper.drop()
    throw error
  }
  logger.debug({ to: range.blocks.at(-1)?.number, events: range.logs.length }, 'indexed a range')
}
