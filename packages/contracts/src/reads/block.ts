import { ask } from '../ask.ts'
import { readBlockTag } from '../read-block-tag.ts'
import type { ChainReader } from '../types.ts'

/** Number of the latest block, never a cached one. */
export function readBlockNumber(reader: ChainReader): Promise<bigint> {
  return ask(reader.public.getBlockNumber({ cacheTime: 0 }))
}

/** Unix seconds of a block; of the latest when none is named. */
export async function readBlockTime(reader: ChainReader, blockNumber?: bigint): Promise<bigint> {
  const which = blockNumber === undefined ? {} : { blockNumber }
  const { timestamp } = await ask(reader.public.getBlock(which))
  return timestamp
}

/** Unix seconds by which a call is judged that is made now: of the local chain's next block, whose latest one may be old. */
export async function readChainTime(reader: ChainReader): Promise<bigint> {
  const { timestamp } = await ask(reader.public.getBlock({ blockTag: readBlockTag(reader) }))
  return timestamp
}
