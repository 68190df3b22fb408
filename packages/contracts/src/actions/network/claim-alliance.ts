import { type Address, encodeFunctionData } from 'viem'
import { allianceAbi } from '../../generated/network/alliance.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Pays what an account earned in an alliance to its position in the StakeManager, where its delegators have their part; anybody may.
 * @param args - `owner`: the account itself when left out.
 * @returns wei.
 * @throws {ChainError} NOTHING_OWED, UNKNOWN_ALLIANCE.
 */
export function claimAlliance(
  account: ChainAccount,
  args: { readonly alliance: Address; readonly id: bigint; readonly owner?: Address },
): Promise<Mined & { readonly amount: bigint }> {
  const { alliance, id, owner = account.address } = args
  const data = encodeFunctionData({ abi: allianceAbi, functionName: 'claim', args: [id, owner] })
  return act(account, async (send) => {
    const receipt = await send({ to: alliance, data })
    const event = { address: alliance, abi: allianceAbi, eventName: 'RewardClaimed' } as const
    return { receipt, result: { amount: onlyEvent(receipt, event).amount } }
  })
}
