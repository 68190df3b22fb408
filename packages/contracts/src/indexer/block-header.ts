import { BlockNotFoundError, type Hex } from 'viem'
import { explainFailure } from '../explain-failure.ts'
import type { ChainReader } from '../types.ts'
import type { IndexedBlock } from './event-store.ts'

/** A block as its header says; time in Unix seconds. */
export type BlockHeader = IndexedBlock & { readonly parent: Hex }

/**
 * Header of a block; undefined when the chain is shorter.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readHeader(
  reader: ChainReader,
  number: number,
): Promise<BlockHeader | undefined> {
  try {
    const block = await reader.public.getBlock({ blockNumber: BigInt(number) })
    return { number, hash: block.hash, parent: block.parentHash, time: Number(block.timestamp) }
  } catch (error) {
    if (error instanceof BlockNotFoundError) return undefined
    throw explainFailure(error)
  }
}
