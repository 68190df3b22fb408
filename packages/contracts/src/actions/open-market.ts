import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import { spending } from '../spend.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Brings the seed currency and opens the pool. Approves exactly `seedCurrency` (T56). LP shares are split by the pool's
 * weights: the currency's part to this account, each client's part to its controller.
 * @returns all LP shares that were made, in wei.
 * @throws {ChainError} NO_MARKET, MARKET_OPEN, WRONG_PHASE, INSUFFICIENT_BALANCE (usage).
 */
export function openMarket(
  account: ChainAccount,
  args: { readonly scenario: Address },
): Promise<Mined & { readonly lpShares: bigint }> {
  const contract = { address: args.scenario, abi: scenarioAbi } as const
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'openMarket' })
  return act(account, async (send) => {
    const { currency, seedCurrency } = await ask(
      account.public.readContract({ ...contract, functionName: 'params' }),
    )
    const receipt = await spending(account, send, {
      token: currency,
      spender: args.scenario,
      amount: seedCurrency,
      job: () => send({ to: args.scenario, data }),
    })
    const { lpShares } = onlyEvent(receipt, { ...contract, eventName: 'MarketOpened' })
    return { receipt, result: { lpShares } }
  })
}
