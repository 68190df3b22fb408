import { type Address, encodeFunctionData } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { eventsOf } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Leaves an alliance: at once between rounds and at the end; in a round the account keeps its duty, and is let go when the next is opened.
 * @returns `left`: whether that was at once.
 * @throws {ChainError} NOT_A_PARTICIPANT, UNKNOWN_ALLIANCE.
 */
export function resignAlliance(
  account: ChainAccount,
  { alliance, id }: { readonly alliance: Address; readonly id: bigint },
): Promise<Mined & { readonly left: boolean }> {
  const data = encodeFunctionData({ abi: allianceAbi, functionName: 'resign', args: [id] })
  return act(account, async (send) => {
    const receipt = await send({ to: alliance, data })
    const event = { address: alliance, abi: allianceAbi, eventName: 'Left' } as const
    return { receipt, result: { left: eventsOf(receipt, event).length > 0 } }
  })
}
