import { type Address, encodeFunctionData } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Pays a funder its part of what an alliance that is over did not spend; anybody may.
 * @param args - `funder`: the account itself when left out.
 * @returns wei.
 * @throws {ChainError} ALLIANCE_RUNNING, NOTHING_OWED, UNKNOWN_ALLIANCE.
 */
export function refundAlliance(
  account: ChainAccount,
  args: { readonly alliance: Address; readonly id: bigint; readonly funder?: Address },
): Promise<Mined & { readonly amount: bigint }> {
  const { alliance, id, funder = account.address } = args
  const data = encodeFunctionData({ abi: allianceAbi, functionName: 'refund', args: [id, funder] })
  return act(account, async (send) => {
    const receipt = await send({ to: alliance, data })
    const event = { address: alliance, abi: allianceAbi, eventName: 'Refunded' } as const
    return { receipt, result: { amount: onlyEvent(receipt, event).amount } }
  })
}
