import { type Address, encodeFunctionData, type Hex } from 'viem'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Submits the root of a tree of what everybody has earned so far; updater only. It waits before it counts. @param total - sum of all leaves, wei. @param digest - of the data that the tree was made of.
 * @throws {ChainError} ACCESS_MANAGED_UNAUTHORIZED (refused); ROOT_PENDING; ROOT_TOTAL, ROOT_ZERO (usage).
 */
export function submitRewardRoot(
  account: ChainAccount,
  {
    rewards,
    root,
    total,
    digest,
  }: {
    readonly rewards: Address
    readonly root: Hex
    readonly total: bigint
    readonly digest: Hex
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: merkleRewardsAbi,
    functionName: 'submitRoot',
    args: [root, total, digest],
  })
  return sendCall(account, { to: rewards, data })
}
