import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Pays a Scenario's part of a listing's revenue into its next round.
 * @throws {ChainError} NO_POT; WRONG_ROUND when it has no round to come (then returnPot).
 */
export function fundScenario(
  account: ChainAccount,
  { market, listing }: { readonly market: Address; readonly listing: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'fundScenario',
    args: [listing],
  })
  return sendCall(account, { to: market, data })
}
