import { type Address, encodeFunctionData } from 'viem'
import { lockedStakeAbi } from '../../generated/network/locked-stake.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Burns locked stake and pays its part of an open lock's principal.
 * @param args - `amount` of locked stake, in wei.
 * @returns `principal` in wei of NetworkToken.
 * @throws {ChainError} LOCK_CLOSED, NOT_LOCK_OWNER, LOCK_AMOUNT.
 */
export function redeemLock(
  account: ChainAccount,
  args: { readonly lockedStake: Address; readonly id: bigint; readonly amount: bigint },
): Promise<Mined & { readonly principal: bigint }> {
  const { lockedStake, id, amount } = args
  const data = encodeFunctionData({
    abi: lockedStakeAbi,
    functionName: 'redeem',
    args: [id, amount],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: lockedStake, data })
    const event = { address: lockedStake, abi: lockedStakeAbi, eventName: 'LockRedeemed' } as const
    return { receipt, result: { principal: onlyEvent(receipt, event).principal } }
  })
}
