import type { Address, Hex } from 'viem'
import { type MinedLog, readLogs } from '../reads/read-logs.ts'
import type { ChainReader } from '../types.ts'
import { type BlockHeader, readHeader } from './block-header.ts'
import type { IndexedBlock, IndexedRange } from './event-store.ts'
import { decodeScenarioLog } from './fold/apply-log.ts'
import type { MarketLog } from './fold/market-log.ts'
import { tokenAddress } from './fold/token-indexes.ts'
import { inconsistent } from './index-error.ts'
import type { MarketTerms } from './market-terms.ts'

/** Blocks to be read next, both included. */
export type RangeQuery = {
  readonly terms: MarketTerms
  /** Clients registered before. */
  readonly clients: number
  readonly from: number
  readonly to: number
  /** Hash of the block before `from`; undefined when that one is not indexed. */
  readonly parent: Hex | undefined
}

/**
 * Reads the events of a range, all of one chain: its last block is the same before and after, and its first follows on `parent`.
 * @returns undefined when the chain changed meanwhile.
 * @throws {ChainError} as readLogs. {IndexError} EVENTS_INCONSISTENT.
 */
export async function fetchRange(
  reader: ChainReader,
  query: RangeQuery,
): Promise<IndexedRange | undefined> {
  const { from, to, parent } = query
  const last = await readHeader(reader, to)
  const logs = await fetchLogs(reader, query)
  checkOrder(logs, query)
  const blocks = await blocksOf(reader, logs)
  const [first, again] = await Promise.all([readHeader(reader, from), readHeader(reader, to)])
  if (last === undefined || again?.hash !== last.hash) return undefined
  if (parent !== undefined && first?.parent !== parent) return undefined
  blocks.set(to, indexed(last))
  return {
    blocks: [...blocks.values()].sort((a, b) => a.number - b.number),
    logs: logs.map(toMarketLog),
  }
}

function indexed({ number, hash, time }: BlockHeader): IndexedBlock {
  return { number, hash, time }
}

async function fetchLogs(reader: ChainReader, query: RangeQuery): Promise<MinedLog[]> {
  const { terms, clients } = query
  const { scenario, pool } = terms
  const market = await logsOf(reader, query, pool === null ? [scenario] : [scenario, pool])
  // A client's tokens move from its registration on, which may be in this very range.
  const fresh = market.filter((log) => isRegistration(log, scenario)).length
  const tokens = Array.from({ length: clients + fresh }, (_, at) => tokenAddress(scenario, at))
  const moves = tokens.length === 0 ? [] : await logsOf(reader, query, tokens)
  return [...market, ...moves].sort(
    (a, b) => Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex,
  )
}

// Each event once, and none of other blocks: what a node answers is not trusted.
function checkOrder(logs: readonly MinedLog[], { from, to }: RangeQuery): void {
  for (const [at, { blockNumber, logIndex }] of logs.entries()) {
    const before = logs[at - 1]
    const twice = before?.blockNumber === blockNumber && before.logIndex === logIndex
    if (twice || blockNumber < from || blockNumber > to) {
      throw inconsistent(
        `event ${logIndex} of block ${blockNumber} in an answer for ${from} to ${to}`,
      )
    }
  }
}

function logsOf(
  reader: ChainReader,
  { from, to }: RangeQuery,
  address: Address[],
): Promise<MinedLog[]> {
  return readLogs(reader, address, { from: BigInt(from), to: BigInt(to) })
}

function isRegistration(log: MinedLog, scenario: Address): boolean {
  if (log.address.toLowerCase() !== scenario.toLowerCase()) return false
  return decodeScenarioLog(toMarketLog(log))?.eventName === 'Registered'
}

async function blocksOf(
  reader: ChainReader,
  logs: readonly MinedLog[],
): Promise<Map<number, IndexedBlock>> {
  const blocks = new Map<number, IndexedBlock>()
  for (const log of logs) {
    const number = Number(log.blockNumber)
    const known = blocks.get(number)
    if (known === undefined) blocks.set(number, await blockOf(reader, log))
    else if (known.hash !== log.blockHash) throw inconsistent(`two blocks ${number} in one answer`)
  }
  return blocks
}

async function blockOf(reader: ChainReader, log: MinedLog): Promise<IndexedBlock> {
  const number = Number(log.blockNumber)
  const { blockHash: hash, blockTimestamp } = log
  // Not all nodes say the time with the event.
  if (blockTimestamp !== undefined) return { number, hash, time: Number(blockTimestamp) }
  const header = await readHeader(reader, number)
  if (header?.hash !== hash) throw inconsistent(`the chain has no block ${number} of hash ${hash}`)
  return indexed(header)
}

function toMarketLog(log: MinedLog): MarketLog {
  const { blockNumber, logIndex, transactionHash: transaction, address, topics, data } = log
  return { block: Number(blockNumber), logIndex, transaction, address, topics, data }
}
