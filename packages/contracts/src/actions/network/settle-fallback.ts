import { type Address, encodeFunctionData } from 'viem'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { eventsOf } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Ends the fallback of a beacon round: the secrets become its seed, or, without any, there is another attempt. Anybody may.
 * @returns `known`: whether the round is decided.
 * @throws {ChainError} FALLBACK_RUNNING, ROUND_KNOWN.
 */
export function settleFallback(
  account: ChainAccount,
  { beacon, round }: { readonly beacon: Address; readonly round: bigint },
): Promise<Mined & { readonly known: boolean }> {
  const data = encodeFunctionData({
    abi: randomBeaconAbi,
    functionName: 'settleFallback',
    args: [round],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: beacon, data })
    const event = { address: beacon, abi: randomBeaconAbi, eventName: 'FallbackSettled' } as const
    return { receipt, result: { known: eventsOf(receipt, event).length > 0 } }
  })
}
