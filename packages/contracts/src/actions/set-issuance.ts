import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** How many times the usual supply some accounts get when they register. */
export type Issuance = {
  readonly scenario: Address
  readonly accounts: readonly Address[]
  /** 1 to the Scenario's maxIssuance. */
  readonly weight: number
}

/**
 * Sets the issuance weight of accounts before they register; federator only.
 * @throws {ChainError} NOT_FEDERATOR (refused), ISSUANCE_OUT_OF_RANGE, ALREADY_REGISTERED, WRONG_PHASE.
 */
export function setIssuance(account: ChainAccount, args: Issuance): Promise<Mined> {
  const data = encodeFunctionData({
    abi: scenarioAbi,
    functionName: 'setIssuance',
    args: [args.accounts, args.weight],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: args.scenario, data }),
    result: {},
  }))
}
