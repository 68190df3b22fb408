import { type Address, encodeFunctionData } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import { assetNumber, positionKey } from '../../stake-position.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import type { StakeIn } from './withdraw-stake.ts'

/**
 * Turns what somebody delegated a day ago or earlier into shares; anybody may.
 * @param args - `delegator`: the account itself when left out.
 * @throws {ChainError} NOTHING_PENDING, ACTIVATION_TOO_EARLY, SHARES_BELOW_MIN.
 */
export function activateDelegation(
  account: ChainAccount,
  args: StakeIn & { readonly delegator?: Address },
): Promise<Mined & { readonly amount: bigint; readonly shares: bigint }> {
  const { stakeManager, position, asset = 'plain', delegator = account.address } = args
  const data = encodeFunctionData({
    abi: stakeManagerAbi,
    functionName: 'activate',
    args: [positionKey(position), assetNumber(asset), delegator],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: stakeManager, data })
    const eventName = 'DelegationActivated'
    const event = { address: stakeManager, abi: stakeManagerAbi, eventName } as const
    const { amount, shares } = onlyEvent(receipt, event)
    return { receipt, result: { amount, shares } }
  })
}
