import { type Address, encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Pays an account what its positions and reports earned, less the claim fee; anybody may ask for it.
 * @param args - `owner`: the account itself when left out.
 * @returns wei.
 * @throws {ChainError} AMOUNT_ZERO when there is nothing.
 */
export function claimStake(
  account: ChainAccount,
  args: { readonly stakeManager: Address; readonly owner?: Address },
): Promise<Mined & { readonly amount: bigint; readonly fee: bigint }> {
  const { stakeManager, owner = account.address } = args
  const data = encodeFunctionData({ abi: stakeManagerAbi, functionName: 'claim', args: [owner] })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName: 'Claimed' } as const
    const { amount, fee } = onlyEvent(receipt, event)
    return { receipt, result: { amount, fee } }
  })
}
