import { encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { positionKey } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import type { StakeIn } from './withdraw-stake.ts'

/**
 * Starts to take a delegation out, at its shares' present price. It can be slashed until it is withdrawn.
 * @param args - `shares` as `readDelegation` has them.
 * @returns `amount` in wei of the asset; `readyAt` in Unix seconds.
 * @throws {ChainError} SHARES_TOO_FEW, TOO_MANY_REQUESTS, POSITION_UNKNOWN.
 */
export function undelegate(
  account: ChainAccount,
  args: StakeIn & { readonly shares: bigint },
): Promise<Mined & { readonly amount: bigint; readonly readyAt: number }> {
  const { stakeManager, position, shares, asset = 'plain' } = args
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: asset === 'plain' ? 'undelegate' : 'undelegateLocked',
    args: [positionKey(position), shares],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName: 'ThawStarted' } as const
    const { amount, readyAt } = onlyEvent(receipt, event)
    return { receipt, result: { amount, readyAt } }
  })
}
