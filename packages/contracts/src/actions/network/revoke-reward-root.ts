import { type Address, encodeFunctionData } from 'viem'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Takes the root that waits away; guardian only.
 * @throws {ChainError} ACCESS_MANAGED_UNAUTHORIZED (refused); NO_ROOT_PENDING.
 */
export function revokeRewardRoot(
  account: ChainAccount,
  { rewards }: { readonly rewards: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: merkleRewardsAbi,
    functionName: 'revokeRoot',
    args: [],
  })
  return sendCall(account, { to: rewards, data })
}
