import { type Address, encodeFunctionData } from 'viem'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Frees the account's bond in a fallback that did not need it: a proof came first, or too few have committed.
 * @throws {ChainError} NOTHING_TO_RECLAIM.
 */
export function reclaimFallback(
  account: ChainAccount,
  { beacon, round }: { readonly beacon: Address; readonly round: bigint },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: randomBeaconAbi,
    functionName: 'reclaimFallback',
    args: [round],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: beacon, data }),
    result: {},
  }))
}
