import { type Address, encodeFunctionData } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Adds what the network's emission gave to an alliance to its pool; anybody may.
 * @returns `pool` in wei, afterwards.
 * @throws {ChainError} NO_EMISSION, AMOUNT_ZERO, ALLIANCE_FINISHED, UNKNOWN_ALLIANCE.
 */
export function collectAllianceEmission(
  account: ChainAccount,
  { alliance, id }: { readonly alliance: Address; readonly id: bigint },
): Promise<Mined & { readonly pool: bigint }> {
  const data = encodeFunctionData({ abi: allianceAbi, functionName: 'collectEmission', args: [id] })
  return act(account, async (send) => {
    const receipt = await send({ to: alliance, data })
    const event = { address: alliance, abi: allianceAbi, eventName: 'AllianceFunded' } as const
    return { receipt, result: { pool: onlyEvent(receipt, event).pool } }
  })
}
