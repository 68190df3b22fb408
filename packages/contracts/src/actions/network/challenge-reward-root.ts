import { type Address, encodeFunctionData, type Hex } from 'viem'
import { ask } from '../../ask.ts'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { spendCall } from './send-call.ts'

/**
 * Bonds currency on it that the root which waits is wrong: it then waits as long again. The bond is back when the guardian revokes it.
 * @param args - `evidence`: digest of what speaks against it.
 * @throws {ChainError} CHALLENGE_TOO_LATE, ALREADY_CHALLENGED, NO_ROOT_PENDING; INSUFFICIENT_BALANCE (usage).
 */
export async function challengeRewardRoot(
  account: ChainAccount,
  { rewards, evidence }: { readonly rewards: Address; readonly evidence: Hex },
): Promise<Mined> {
  const contract = { address: rewards, abi: merkleRewardsAbi } as const
  const [token, amount] = await ask(
    Promise.all([
      account.public.readContract({ ...contract, functionName: 'currency' }),
      account.public.readContract({ ...contract, functionName: 'challengeBond' }),
    ]),
  )
  const data = encodeFunctionData({
    abi: merkleRewardsAbi,
    functionName: 'challenge',
    args: [evidence],
  })
  return spendCall(account, { to: rewards, data, token, amount })
}
