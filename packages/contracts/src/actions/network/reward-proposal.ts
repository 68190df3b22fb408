import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Pays the proposer of an executed proposal its reward. Anybody may.
 * @throws {ChainError} NOTHING_TO_REWARD, REWARDS_SPENT.
 */
export function rewardProposal(
  account: ChainAccount,
  { dao, proposal }: { readonly dao: Address; readonly proposal: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: daoAbi,
    functionName: 'reward',
    args: [proposal],
  })
  return sendCall(account, { to: dao, data })
}
