import type { Address } from 'viem'
import { ask } from './ask.ts'
import { stakeManagerAbi } from './generated/network/stake-manager.ts'
import type { StakeAsset } from './stake-position.ts'
import type { ChainReader } from './types.ts'

/** The token that a StakeManager takes for an asset. @throws {ChainError} RPC_FAILED. */
export function stakeToken(
  reader: ChainReader,
  { stakeManager, asset }: { readonly stakeManager: Address; readonly asset: StakeAsset },
): Promise<Address> {
  const functionName = asset === 'plain' ? 'currency' : 'lockedStake'
  const call = { address: stakeManager, abi: stakeManagerAbi, functionName } as const
  return ask(reader.public.readContract(call))
}
