import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Pays what the account is owed at the model market: its shares of revenue, and its bounties.
 * @throws {ChainError} AMOUNT_ZERO (usage) when nothing is owed.
 */
export function withdrawCredit(
  account: ChainAccount,
  { market, to }: { readonly market: Address; readonly to: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'withdrawCredit',
    args: [to],
  })
  return sendCall(account, { to: market, data })
}
