import type { Hex } from 'viem'
import type { ChainReader } from '../types.ts'
import { readBlockTime } from './block.ts'

/** When and where an event happened. */
export type Moment = {
  /** Unix seconds of its block. */
  readonly time: bigint
  readonly blockNumber: bigint
  readonly logIndex: number
  readonly hash: Hex
}

/** Where a log says that it is; nodes may leave its time out. */
export type LoggedAt = {
  readonly blockNumber: bigint
  readonly logIndex: number
  readonly transactionHash: Hex
  readonly blockTimestamp?: bigint | undefined
}

/** Order of events on a chain. */
export function byMoment(a: LoggedAt, b: LoggedAt): number {
  return Number(a.blockNumber - b.blockNumber) || a.logIndex - b.logIndex
}

/**
 * A function that tells the moment of each of these logs. Times that the node left out are asked for, one block each.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readMoments(
  reader: ChainReader,
  logs: readonly LoggedAt[],
): Promise<(log: LoggedAt) => Moment> {
  const times = new Map<bigint, bigint>()
  for (const { blockNumber, blockTimestamp } of logs) {
    if (!times.has(blockNumber)) {
      times.set(blockNumber, blockTimestamp ?? (await readBlockTime(reader, blockNumber)))
    }
  }
  return ({ blockNumber, logIndex, transactionHash: hash }) => ({
    time: times.get(blockNumber) ?? 0n,
    blockNumber,
    logIndex,
    hash,
  })
}
