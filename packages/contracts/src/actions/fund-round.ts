import { type Address, encodeFunctionData } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import { spending } from '../spend.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Adds to the pot of a round: the current one while it is open, or a later one. Approves exactly `amount` (T56).
 * @param args - `amount` in wei.
 * @throws {ChainError} WRONG_ROUND, WRONG_PHASE, AMOUNT_ZERO, INSUFFICIENT_BALANCE (usage).
 */
export function fundRound(
  account: ChainAccount,
  args: { readonly scenario: Address; readonly round: number; readonly amount: bigint },
): Promise<Mined> {
  const { scenario, round, amount } = args
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'fundRound',
    args: [round, amount],
  })
  return act(account, async (send) => {
    const read = { address: scenario, abi: scenarioAbi, functionName: 'params' } as const
    const { currency } = await ask(account.public.readContract(read))
    const spend = { token: currency, spender: scenario, amount }
    const receipt = await spending(account, send, {
      ...spend,
      job: () => send({ to: scenario, data }),
    })
    return { receipt, result: {} }
  })
}
