import { type Address, encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { positionKey, type StakeAsset, type StakePosition } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/** What an account has in a position: its own stake, or its delegation. */
export type StakeIn = {
  readonly stakeManager: Address
  readonly position: StakePosition
  /** 'plain' when left out. */
  readonly asset?: StakeAsset
}

/** IStakeManager: the most that an account has under way. */
const ALL_REQUESTS = 32n

/**
 * Pays the account what has thawed of its stake or delegation in a position, slashes deducted.
 * @returns `amount` in wei of the asset, and how many requests it was.
 * @throws {ChainError} NOTHING_THAWED; POSITION_HELD for an operator whose position takes part in something.
 */
export function withdrawStake(
  account: ChainAccount,
  { stakeManager, position, asset = 'plain' }: StakeIn,
): Promise<Mined & { readonly amount: bigint; readonly requests: bigint }> {
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: asset === 'plain' ? 'withdraw' : 'withdrawLocked',
    args: [positionKey(position), ALL_REQUESTS],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName: 'Withdrawn' } as const
    const { amount, requests } = onlyEvent(receipt, event)
    return { receipt, result: { amount, requests } }
  })
}
