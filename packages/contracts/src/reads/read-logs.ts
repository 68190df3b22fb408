import { type Address, isAddress, isHash, isHex, type Log } from 'viem'
import { ChainError } from '../chain-error.ts'
import type { ChainReader } from '../types.ts'
import { type BlockRange, inBlockRanges } from './block-ranges.ts'

/** An event that was mined. */
export type MinedLog = Log<bigint, number, false>

/**
 * All events of contracts in a range, as the node orders them and in their form: a node that leaves something out, or puts something else
 * in its place, is refused here, before anything is decoded (T51).
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED, CHAIN_LOGS_MALFORMED.
 */
export async function readLogs(
  reader: ChainReader,
  address: Address | Address[],
  range: BlockRange,
): Promise<MinedLog[]> {
  const logs = await inBlockRanges(range, ({ from, to }) =>
    reader.public.getLogs({ address, fromBlock: from, toBlock: to }),
  )
  for (const log of logs) {
    const fault = faultOf(log)
    if (fault !== undefined) throw malformed(fault, range)
  }
  return logs
}

/** What of a log is not what viem's types promise: viem checks nothing of what a node answers. */
function faultOf(log: MinedLog): string | undefined {
  const { address, topics, data, blockNumber, blockHash, logIndex, transactionHash } = log
  const time: unknown = log.blockTimestamp
  const isFit = {
    address: typeof address === 'string' && isAddress(address, { strict: false }),
    topics: Array.isArray(topics) && topics.every((topic) => isHashText(topic)),
    data: isHex(data) && data.length % 2 === 0,
    blockNumber: isCount(blockNumber),
    blockHash: isHashText(blockHash),
    blockTimestamp: time === undefined || isCount(time),
    logIndex: Number.isSafeInteger(logIndex) && logIndex >= 0,
    transactionHash: isHashText(transactionHash),
  }
  return Object.entries(isFit).find(([, fits]) => !fits)?.[0]
}

function isHashText(value: unknown): boolean {
  return typeof value === 'string' && isHash(value)
}

/** Numbers of blocks and Unix seconds, which are kept as numbers. */
function isCount(value: unknown): boolean {
  return typeof value === 'bigint' && value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER)
}

function malformed(field: string, { from, to }: BlockRange): ChainError {
  return new ChainError(
    `the chain gives an event of blocks ${from} to ${to} whose ${field} is none`,
    { code: 'CHAIN_LOGS_MALFORMED', hint: 'This node cannot be believed: use another one.' },
  )
}
