import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Credits a Scenario's part to the listing's owner, when the Scenario has no round to come. Anybody may.
 * @returns `amount` in wei.
 * @throws {ChainError} NO_POT; SCENARIO_RUNNING.
 */
export function returnPot(
  account: ChainAccount,
  { market, listing }: { readonly market: Address; readonly listing: bigint },
): Promise<Mined & { readonly amount: bigint }> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'returnPot',
    args: [listing],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: market, data })
    const event = { address: market, abi: modelMarketAbi, eventName: 'PotReturned' } as const
    return { receipt, result: { amount: onlyEvent(receipt, event).amount } }
  })
}
