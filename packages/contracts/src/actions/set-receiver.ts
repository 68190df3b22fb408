import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * From now on this account's claims are paid to `receiver`.
 * @throws {ChainError} see there.
 */
export function setReceiver(
  account: ChainAccount,
  args: { readonly scenario: Address; readonly receiver: Address },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'setReceiver',
    args: [args.receiver],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: args.scenario, data }),
    result: {},
  }))
}
