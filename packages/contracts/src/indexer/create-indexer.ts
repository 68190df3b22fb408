import { type Logger, silentLogger } from '@fednode/protocol'
import { type Address, getAddress } from 'viem'
import type { ChainReader } from '../types.ts'
import { createCheckpointStore } from './checkpoints.ts'
import { createSync, type SyncReport } from './create-sync.ts'
import { createEventStore } from './event-store.ts'
import { IndexError } from './index-error.ts'
import { type MarketTerms, readMarketTerms } from './market-terms.ts'
import type { MarketView } from './market-view.ts'
import { explainDamage, openIndexDatabase, transact } from './open-index-database.ts'
import { createPriceLog } from './price-log.ts'
import { createStateKeeper } from './state-keeper.ts'
import { type TokenPrice, tokenPrices } from './token-prices.ts'
import { type ViewTime, viewAt } from './view-at.ts'

export type IndexerOptions = {
  readonly scenario: Address
  /** Path of the SQLite file, made when absent; ':memory:' for one that is forgotten. */
  readonly file: string
  /** Block at or before the creation; 0 when left out. */
  readonly fromBlock?: bigint
  /**
   * Newest blocks that are left out, because they may still change; 0 when left out: a reorg is undone
   * anyway. Some help with a node of several machines, of which one may not have the newest events yet.
   */
  readonly confirmations?: number
  /** Blocks of one transaction, at least 1; 10,000 when left out. */
  readonly rangeBlocks?: number
}

/** Everything about one federation's market, from its events alone. */
export type Indexer = {
  readonly terms: MarketTerms
  /** Brings the index to the head of the chain. Calls at the same time share one run. @throws {IndexError}, {ChainError}. */
  sync(): Promise<SyncReport>
  /**
   * The market as indexed so far, answered without the chain; of no more use after the next sync.
   * @param at - `block`: an earlier one; `time`: Unix seconds not before that block's, for what is owed then.
   * @throws {IndexError} NOT_INDEXED before the first sync, or for a block before the index or a time before the block.
   */
  view(at?: ViewTime): MarketView
  /** Every price that a client token had, oldest first. */
  priceHistory(token: Address): readonly TokenPrice[]
  /** Closes the file. May be called twice; a sync that runs ends with INDEX_CLOSED. */
  stop(): void
}

/**
 * Opens the index of a federation's market and reads its immutable terms. Processes may share a file: each range is one
 * transaction that goes on where the file ends. A reorg is undone to the last block that the chain still has.
 * @throws {IndexError} INDEX_OF_ANOTHER, INDEX_DAMAGED. {ChainError} RPC_FAILED, CHAIN_FAILED.
 */
export async function createIndexer(
  options: IndexerOptions,
  deps: { readonly reader: ChainReader; readonly logger?: Logger },
): Promise<Indexer> {
  const { reader, logger = silentLogger } = deps
  const terms = await readMarketTerms(reader, getAddress(options.scenario))
  const owner = `Scenario ${terms.scenario} on chain ${terms.chainId}`
  const database = openIndexDatabase(options.file, owner)
  const events = createEventStore(database)
  const keeper = createStateKeeper(terms, { events, checkpoints: createCheckpointStore(database) })
  const write = (work: () => void): void => transact(database, work)
  const syncOnce = createSync(options, { reader, logger, terms, events, keeper, write })
  const priceLog = terms.pool === null ? null : createPriceLog(events, terms.pool.toLowerCase())
  let running: Promise<SyncReport> | undefined
  return {
    terms,
    sync() {
      running ??= syncOnce()
        .catch((error: unknown) => {
          throw database.isOpen ? explainDamage(options.file, error) : closed(error)
        })
        .finally(() => {
          running = undefined
        })
      return running
    },
    view: (at = {}) => viewAt({ events, keeper }, at),
    priceHistory: (token) =>
      tokenPrices(keeper.atTip(), priceLog?.atTip() ?? [], getAddress(token)),
    stop() {
      if (database.isOpen) database.close()
    },
  }
}

function closed(cause: unknown): IndexError {
  return new IndexError('INDEX_CLOSED', 'the index was closed while it was brought up to date', {
    cause,
  })
}
