import { type Address, encodeFunctionData } from 'viem'
import { modelMarketAbi } from '../../generated/network/model-market.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Pays a Scenario's part of a listing's revenue into its next round. Anybody may.
 * @returns the round, and `amount` in wei.
 * @throws {ChainError} NO_POT; WRONG_ROUND when it has no round to come (then returnPot); POT_REFUSED.
 */
export function fundScenario(
  account: ChainAccount,
  { market, listing }: { readonly market: Address; readonly listing: bigint },
): Promise<Mined & { readonly round: number; readonly amount: bigint }> {
  const data = encodeFunctionData({
    abi: modelMarketAbi,
    functionName: 'fundScenario',
    args: [listing],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: market, data })
    const event = { address: market, abi: modelMarketAbi, eventName: 'PotFunded' } as const
    const { round, amount } = onlyEvent(receipt, event)
    return { receipt, result: { round, amount } }
  })
}
