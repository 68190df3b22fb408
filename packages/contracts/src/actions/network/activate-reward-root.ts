import { type Address, encodeFunctionData } from 'viem'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Lets the root that waits count, after its delay. Anybody may.
 * @throws {ChainError} ROOT_WAITING, NO_ROOT_PENDING.
 */
export function activateRewardRoot(
  account: ChainAccount,
  { rewards }: { readonly rewards: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: merkleRewardsAbi,
    functionName: 'activateRoot',
    args: [],
  })
  return sendCall(account, { to: rewards, data })
}
