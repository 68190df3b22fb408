import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Allows accounts to register, or takes it back; federator only. Clients that are registered already stay.
 * @throws {ChainError} NOT_FEDERATOR (refused), WRONG_PHASE.
 */
export function setAllowed(
  account: ChainAccount,
  args: {
    readonly scenario: Address
    readonly accounts: readonly Address[]
    readonly allowed: boolean
  },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'setAllowed',
    args: [args.accounts, args.allowed],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: args.scenario, data }),
    result: {},
  }))
}
