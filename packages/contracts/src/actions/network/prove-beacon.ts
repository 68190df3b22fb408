import { type Address, encodeFunctionData, type Hex } from 'viem'
import type { BeaconPoint } from '../../beacon/beacon-types.ts'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { onlyEvent } from '../../only-event.ts'
import { act } from '../../send.ts'
import type { ChainAccount, Mined } from '../../types.ts'

/**
 * Brings the group's signature of a round that is due; anybody may.
 * @param args - `round`: with its key's number in the upper 16 bits, as the contract counts; `point`: see createBls12381Signer,
 * readBls12381Signature and those of BN254.
 * @returns what the round came to.
 * @throws {ChainError} BEACON_SIGNATURE_INVALID, ROUND_KNOWN, ROUND_NOT_DUE, FALLBACK_DECIDES, UNKNOWN_BEACON_ROUND.
 */
export function proveBeacon(
  account: ChainAccount,
  args: { readonly beacon: Address; readonly round: bigint; readonly point: BeaconPoint },
): Promise<Mined & { readonly seed: Hex }> {
  const { beacon, round, point } = args
  const data = encodeFunctionData({
    abi: randomBeaconAbi,
    functionName: 'prove',
    args: [round, point],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: beacon, data })
    const event = { address: beacon, abi: randomBeaconAbi, eventName: 'RoundProven' } as const
    return { receipt, result: { seed: onlyEvent(receipt, event).seed } }
  })
}
