import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Shares out what was redeemed of a listing, between its owner, the DAO and its Scenario.
 * @throws {ChainError} NOTHING_ACCRUED; UNKNOWN_LISTING (usage).
 */
export function shareRevenue(
  account: ChainAccount,
  { market, listing }: { readonly market: Address; readonly listing: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'share',
    args: [listing],
  })
  return sendCall(account, { to: market, data })
}
