import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Ends a pause before its time; guardian only.
 * @throws {ChainError} NOT_GUARDIAN (refused), NOT_PAUSED.
 */
export function unpause(
  account: ChainAccount,
  args: { readonly scenario: Address },
): Promise<Mined> {
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'unpause' })
  return act(account, async (send) => ({
    receipt: await send({ to: args.scenario, data }),
    result: {},
  }))
}
