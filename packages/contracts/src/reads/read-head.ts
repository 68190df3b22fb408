import type { Hex } from 'viem'
import { ask } from '../ask.ts'
import type { ChainReader } from '../types.ts'

/** A block by number and hash. */
export type BlockRef = { readonly number: bigint; readonly hash: Hex }

/** The chain's newest block. @throws {ChainError} RPC_FAILED. */
export async function readHead(reader: ChainReader): Promise<BlockRef> {
  const { number, hash } = await ask(reader.public.getBlock())
  return { number, hash }
}

/** Hash of the block of that number; undefined when the chain is not so long. @throws {ChainError} RPC_FAILED. */
export async function readBlockHash(reader: ChainReader, number: bigint): Promise<Hex | undefined> {
  const head = await readHead(reader)
  if (number > head.number) return undefined
  const { hash } = await ask(reader.public.getBlock({ blockNumber: number }))
  return hash
}
