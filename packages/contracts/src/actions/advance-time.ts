import { numberToHex } from 'viem'
import { assertLocalChain, localRpc } from '../local-rpc.ts'
import { readBlockTime } from '../reads/block.ts'
import type { ChainReader } from '../types.ts'

/**
 * Moves the local chain's clock forward and mines a block there; nothing happens when it is past that already. Blocks after it
 * go on from there.
 * @param toUnixSeconds - time of the new block.
 * @returns time of the latest block, Unix seconds.
 * @throws {UserError} NOT_A_LOCAL_CHAIN (usage).
 */
export async function advanceTime(reader: ChainReader, toUnixSeconds: bigint): Promise<bigint> {
  assertLocalChain(reader, 'moving the clock')
  const now = await readBlockTime(reader)
  if (now >= toUnixSeconds) return now
  await localRpc(reader, 'evm_setNextBlockTimestamp', [numberToHex(toUnixSeconds)])
  await localRpc(reader, 'evm_mine', [])
  return readBlockTime(reader)
}
