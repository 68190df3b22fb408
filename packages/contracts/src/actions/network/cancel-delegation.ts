import { encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { assetNumber, positionKey } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import type { StakeIn } from './withdraw-stake.ts'

/**
 * Takes back at once what the account delegated and is not active yet.
 * @throws {ChainError} NOTHING_PENDING.
 */
export function cancelDelegation(
  account: ChainAccount,
  { stakeManager, position, asset = 'plain' }: StakeIn,
): Promise<Mined & { readonly amount: bigint }> {
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: 'cancelDelegation',
    args: [positionKey(position), assetNumber(asset)],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const eventName = 'DelegationCancelled'
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName } as const
    return { receipt, result: { amount: onlyEvent(receipt, event).amount } }
  })
}
