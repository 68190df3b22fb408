import { type Address, encodeFunctionData, maxUint256 } from 'viem'
import { emissionControllerAbi } from '../../generated/network/emission-controller.ts'
import { eventsOf } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Mints the network's emission of days that are over and not minted yet; anybody may, any time.
 * @returns how many days, and wei; both 0 when nothing was due.
 */
export function emitDays(
  account: ChainAccount,
  { emission }: { readonly emission: Address },
): Promise<Mined & { readonly days: bigint; readonly minted: bigint }> {
  const data = encodeFunctionData({
    abi: emissionControllerAbi,
    functionName: 'emitDays',
    args: [maxUint256],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: emission, data })
    const event = {
      address: emission,
      abi: emissionControllerAbi,
      eventName: 'DaysEmitted',
    } as const
    const [emitted] = eventsOf(receipt, event)
    const { days_: days, minted } = emitted?.args ?? { days_: 0n, minted: 0n }
    return { receipt, result: { days, minted } }
  })
}
