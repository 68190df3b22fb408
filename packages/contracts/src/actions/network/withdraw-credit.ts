import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Pays what the account is owed by a contract that keeps credits (ICredits): shares of revenue and bounties at the model market, bonds of
 * challenges at the rewards.
 * @throws {ChainError} AMOUNT_ZERO (usage) when nothing is owed.
 */
export function withdrawCredit(
  account: ChainAccount,
  { holder, to }: { readonly holder: Address; readonly to: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'withdrawCredit',
    args: [to],
  })
  return sendCall(account, { to: holder, data })
}
