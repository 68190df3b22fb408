import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import type { ChainReader } from '../../types.ts'

/**
 * The last round of the beacon that is due at a time.
 * @param args - `at`: Unix seconds, not before the beacon's first key was in force.
 * @returns its number, with its key's in the upper 16 bits.
 * @throws {ChainError} BEFORE_FIRST_ROUND.
 */
export function readBeaconRoundAt(
  reader: ChainReader,
  { beacon, at }: { readonly beacon: Address; readonly at: bigint },
): Promise<bigint> {
  const call = { address: beacon, abi: randomBeaconAbi, functionName: 'roundAt' } as const
  return ask(reader.public.readContract({ ...call, args: [at] }))
}
