import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Credits a bounty to its sponsor: 14 days after the deadline, or at the deadline when nobody proposed.
 * @throws {ChainError} BOUNTY_TOO_EARLY; BOUNTY_ENDED.
 */
export function refundBounty(
  account: ChainAccount,
  { market, bounty }: { readonly market: Address; readonly bounty: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'refund',
    args: [bounty],
  })
  return sendCall(account, { to: market, data })
}
