import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import type { ChainReader } from '../../types.ts'

/**
 * What an account's positions and reports earned and it has not claimed, in wei before the claim fee.
 * @throws {ChainError} RPC_FAILED.
 */
export function readEarned(
  reader: ChainReader,
  { stakeManager, owner }: { readonly stakeManager: Address; readonly owner: Address },
): Promise<bigint> {
  const call = { address: stakeManager, abi: stakeManagerAbi, functionName: 'earnedOf' } as const
  return ask(reader.public.readContract({ ...call, args: [owner] }))
}
