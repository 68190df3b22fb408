import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Makes the pool sell no more of a client's token, for ever; federator only. It still buys it, and proportional exits go on.
 * @throws {ChainError} NOT_FEDERATOR (refused), UNKNOWN_CLIENT, UNKNOWN_TOKEN, TOKEN_DELISTED, WRONG_PHASE.
 */
export function delistClient(
  account: ChainAccount,
  args: { readonly scenario: Address; readonly index: number },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'delistClient',
    args: [args.index],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: args.scenario, data }),
    result: {},
  }))
}
