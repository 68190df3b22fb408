import type { Address } from 'viem'
import { ask } from '../ask.ts'
import { attesterResolverAbi } from '../generated/attester-resolver.ts'
import type { ChainReader } from '../types.ts'

/**
 * Who decides at an attester resolver.
 * @returns `threshold`: how many of the attesters it takes.
 * @throws {ChainError} RPC_FAILED; CHAIN_FAILED when the address is no attester resolver.
 */
export async function readAttesters(
  reader: ChainReader,
  args: { readonly resolver: Address },
): Promise<{ readonly attesters: readonly Address[]; readonly threshold: bigint }> {
  const contract = { address: args.resolver, abi: attesterResolverAbi } as const
  const [attesters, threshold] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'attesters' }),
      reader.public.readContract({ ...contract, functionName: 'threshold' }),
    ]),
  )
  return { attesters, threshold }
}
