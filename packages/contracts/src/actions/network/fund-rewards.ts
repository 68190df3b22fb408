import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../../ask.ts'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { spendCall } from './send-call.ts'

/**
 * Adds to what roots of rewards may give away.
 * @throws {ChainError} INSUFFICIENT_BALANCE, AMOUNT_ZERO (usage).
 */
export async function fundRewards(
  account: ChainAccount,
  { rewards, amount }: { readonly rewards: Address; readonly amount: bigint },
): Promise<Mined> {
  const contract = { address: rewards, abi: merkleRewardsAbi } as const
  const token = await ask(account.public.readContract({ ...contract, functionName: 'currency' }))
  const data = encodeFunctionData({ abi: merkleRewardsAbi, functionName: 'fund', args: [amount] })
  return spendCall(account, { to: rewards, data, token, amount })
}
