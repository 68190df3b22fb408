import { type Address, encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { positionKey, type StakePosition } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Pays a delegator what its delegation of locked stake earned, in NetworkToken; anybody may ask for it.
 * @param args - `delegator`: the account itself when left out.
 * @returns wei; 0 when there is nothing.
 * @throws {ChainError} POSITION_UNKNOWN.
 */
export function claimLocked(
  account: ChainAccount,
  args: {
    readonly stakeManager: Address
    readonly position: StakePosition
    readonly delegator?: Address
  },
): Promise<Mined & { readonly amount: bigint }> {
  const { stakeManager, position, delegator = account.address } = args
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: 'claimLocked',
    args: [positionKey(position), delegator],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const event = {
      address: stakeManager,
      abi: stakeManagerAbi,
      eventName: 'LockedClaimed',
    } as const
    return { receipt, result: { amount: onlyEvent(receipt, event).amount } }
  })
}
