import { type Address, encodeFunctionData } from 'viem'
import { scenarioAbi } from '../generated/scenario.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Ends registration and starts round 1; the federator once minClients are in, anyone after the deadline.
 * @returns `clients` that registered. After the deadline with fewer than minClients the federation ends.
 * @throws {ChainError} REGISTRATION_RUNNING, TOO_FEW_CLIENTS, WRONG_PHASE.
 */
export function closeRegistration(
  account: ChainAccount,
  args: { readonly scenario: Address },
): Promise<Mined & { readonly clients: number }> {
  const { scenario } = args
  const data = encodeFunctionData({ abi: scenarioAbi, functionName: 'closeRegistration' })
  return act(account, async (send) => {
    const receipt = await send({ to: scenario, data })
    const event = { address: scenario, abi: scenarioAbi, eventName: 'RegistrationClosed' } as const
    return { receipt, result: { clients: onlyEvent(receipt, event).clients } }
  })
}
