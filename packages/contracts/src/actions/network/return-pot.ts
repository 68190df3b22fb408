import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Credits a Scenario's part to the listing's owner, when the Scenario has no round to come.
 * @throws {ChainError} NO_POT; SCENARIO_RUNNING.
 */
export function returnPot(
  account: ChainAccount,
  { market, listing }: { readonly market: Address; readonly listing: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'returnPot',
    args: [listing],
  })
  return sendCall(account, { to: market, data })
}
