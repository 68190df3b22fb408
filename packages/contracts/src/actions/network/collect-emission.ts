import { type Address, encodeFunctionData } from 'viem'
import { emissionControllerAbi } from '../../generated/network/emission-controller.ts'
import { eventsOf } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Hands a recipient of the emission what is booked for it; anybody may.
 * @returns wei; 0 when nothing was booked.
 */
export function collectEmission(
  account: ChainAccount,
  args: { readonly emission: Address; readonly recipient: Address },
): Promise<Mined & { readonly amount: bigint }> {
  const { emission, recipient } = args
  const data = encodeFunctionData({
    abi: emissionControllerAbi,
    functionName: 'collect',
    args: [recipient],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: emission, data })
    const event = { address: emission, abi: emissionControllerAbi, eventName: 'Collected' } as const
    const [collected] = eventsOf(receipt, event)
    return { receipt, result: { amount: collected?.args.amount ?? 0n } }
  })
}
