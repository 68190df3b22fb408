import { type Address, encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { positionKey, type StakePosition } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Sets what the operator keeps of what delegated stake earns: lower at once, higher after a notice that is longer than thawing.
 * @param args - `bps`: 0 to 5,000.
 * @returns `from` in Unix seconds, when it takes effect.
 * @throws {ChainError} COMMISSION_ABOVE_MAX, COMMISSION_STEP, COMMISSION_TOO_SOON, NOT_OPERATOR.
 */
export function setCommission(
  account: ChainAccount,
  args: {
    readonly stakeManager: Address
    readonly position: StakePosition
    readonly bps: number
  },
): Promise<Mined & { readonly from: number }> {
  const { stakeManager, position, bps } = args
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: 'setCommission',
    args: [positionKey(position), bps],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const event = {
      address: stakeManager,
      abi: stakeManagerAbi,
      eventName: 'CommissionSet',
    } as const
    return { receipt, result: { from: onlyEvent(receipt, event).from } }
  })
}
