import { type Address, encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Burns, and pays to the treasury, what slashes and fees left for them; anybody may.
 * @returns wei of NetworkToken.
 */
export function sweepStake(
  account: ChainAccount,
  { stakeManager }: { readonly stakeManager: Address },
): Promise<Mined & { readonly burned: bigint; readonly toTreasury: bigint }> {
  const data = encodeFunctionData({ abi: stakeManagerAbi, functionName: 'sweep' })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName: 'Swept' } as const
    const { burned, toTreasury } = onlyEvent(receipt, event)
    return { receipt, result: { burned, toTreasury } }
  })
}
