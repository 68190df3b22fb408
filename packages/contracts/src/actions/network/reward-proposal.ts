import { type Address, encodeFunctionData } from 'viem'
import { daoAbi } from '../../generated/network/dao.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Pays the proposer of an executed proposal its reward. Anybody may.
 * @returns wei.
 * @throws {ChainError} NOTHING_TO_REWARD, REWARDS_SPENT.
 */
export function rewardProposal(
  account: ChainAccount,
  { dao, proposal }: { readonly dao: Address; readonly proposal: bigint },
): Promise<Mined & { readonly amount: bigint }> {
  const call = { abi: daoAbi, functionName: 'reward', args: [proposal] } as const
  return act(account, async (send) => {
    const receipt = await send({ to: dao, data: encodeFunctionData(call) })
    const event = { address: dao, abi: daoAbi, eventName: 'ProposalRewarded' } as const
    const { amount } = onlyEvent(receipt, event)
    return { receipt, result: { amount } }
  })
}
