import { encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { roleHash } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import type { NewStake } from './stake.ts'

/**
 * Starts to take the account's own stake out. It can be slashed until it is withdrawn.
 * @returns `readyAt` in Unix seconds, from when `withdrawStake` pays it.
 * @throws {ChainError} STAKE_TOO_SMALL, POSITION_UNKNOWN, TOO_MANY_REQUESTS.
 */
export function unstake(
  account: ChainAccount,
  args: NewStake,
): Promise<Mined & { readonly readyAt: number }> {
  const { stakeManager, role, task, amount, asset = 'plain' } = args
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: asset === 'plain' ? 'unstake' : 'unstakeLocked',
    args: [roleHash(role), task, amount],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName: 'ThawStarted' } as const
    return { receipt, result: { readyAt: onlyEvent(receipt, event).readyAt } }
  })
}
