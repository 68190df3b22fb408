import type { Address, Hex } from 'viem'
import { ask } from '../../ask.ts'
import { randomBeaconAbi } from '../../generated/network/random-beacon.ts'
import { TOGETHER } from '../../together.ts'
import type { ChainReader } from '../../types.ts'

/** A round of the beacon. */
export type BeaconRound = {
  /** With its key's number in the upper 16 bits. */
  readonly round: bigint
  /** The key's number, and the key's own number of the round: what a signer signs. */
  readonly epoch: number
  readonly number: bigint
  /** Unix seconds. */
  readonly dueAt: number
  /** What it came to; undefined before it is known. */
  readonly seed: Hex | undefined
  /** How bonded nodes stand in for it; `attempt` and times are 0 where they did not have to. */
  readonly fallback: {
    readonly attempt: number
    readonly commits: number
    readonly reveals: number
    readonly commitEnd: number
    readonly revealEnd: number
  }
}

const EPOCH_SHIFT = 48n

/**
 * A round of the beacon.
 * @throws {ChainError} UNKNOWN_BEACON_ROUND.
 */
export async function readBeaconRound(
  reader: ChainReader,
  { beacon, round }: { readonly beacon: Address; readonly round: bigint },
): Promise<BeaconRound> {
  const call = { address: beacon, abi: randomBeaconAbi, args: [round] } as const
  const [due, isKnown, fallback] = await ask(
    reader.public.multicall({
      ...TOGETHER,
      contracts: [
        { ...call, functionName: 'timeOf' },
        { ...call, functionName: 'isKnown' },
        { ...call, functionName: 'fallbackOf' },
      ],
    }),
  )
  const read = { ...call, functionName: 'seed' } as const
  const seed = isKnown ? await ask(reader.public.readContract(read)) : undefined
  const epoch = round >> EPOCH_SHIFT
  const number = round - (epoch << EPOCH_SHIFT)
  return { round, epoch: Number(epoch), number, dueAt: Number(due), seed, fallback }
}
