import { type Address, encodeFunctionData, type Hex } from 'viem'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Pays an account what its leaf of the present root says beyond what it was paid. Anybody may. @param amount - all it has earned so far, as in the leaf; wei.
 * @throws {ChainError} LEAF_UNKNOWN (refused); NOTHING_TO_CLAIM.
 */
export function claimMerkleReward(
  account: ChainAccount,
  {
    rewards,
    member,
    amount,
    proof,
  }: {
    readonly rewards: Address
    readonly member: Address
    readonly amount: bigint
    readonly proof: readonly Hex[]
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: merkleRewardsAbi,
    functionName: 'claim',
    args: [member, amount, proof],
  })
  return sendCall(account, { to: rewards, data })
}
