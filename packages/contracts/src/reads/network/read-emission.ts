import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { emissionControllerAbi } from '../../generated/network/emission-controller.ts'
import type { ChainReader } from '../../types.ts'

/** The network's emission; amounts in wei. */
export type EmissionState = {
  /** When day 0 began (Unix seconds). */
  readonly start: number
  readonly daysEmitted: bigint
  /** Minted by now, and by the next day that is not minted yet. */
  readonly minted: bigint
  readonly nextDay: bigint
  /** Who gets it, their parts in bps, and what is booked for them. */
  readonly recipients: readonly {
    readonly to: Address
    readonly bps: number
    readonly booked: bigint
  }[]
}

/** @throws {ChainError} RPC_FAILED. */
export async function readEmission(
  reader: ChainReader,
  { emission }: { readonly emission: Address },
): Promise<EmissionState> {
  const contract = { address: emission, abi: emissionControllerAbi } as const
  const chain = reader.public
  const [start, daysEmitted, recipients] = await ask(
    Promise.all([
      chain.readContract({ ...contract, functionName: 'start' }),
      chain.readContract({ ...contract, functionName: 'daysEmitted' }),
      chain.readContract({ ...contract, functionName: 'recipients' }),
    ]),
  )
  const args = [daysEmitted] as const
  const bookedFor = ({ to }: { readonly to: Address }) =>
    chain.readContract({ ...contract, functionName: 'bookedFor', args: [to] })
  const [minted, nextDay, ...booked] = await ask(
    Promise.all([
      chain.readContract({ ...contract, functionName: 'emissionUntil', args }),
      chain.readContract({ ...contract, functionName: 'emissionOn', args }),
      ...recipients.map(bookedFor),
    ]),
  )
  const shares = recipients.map(({ to, bps }, i) => ({ to, bps, booked: booked[i] ?? 0n }))
  return { start, daysEmitted, minted, nextDay, recipients: shares }
}
