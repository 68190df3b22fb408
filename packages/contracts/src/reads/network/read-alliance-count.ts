import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { allianceAbi } from '../../generated/network/alliance.ts'
import type { ChainReader } from '../../types.ts'

/**
 * How many alliances a network has had; they are numbered from 1 to this.
 * @throws {ChainError} RPC_FAILED.
 */
export function readAllianceCount(
  reader: ChainReader,
  { alliance }: { readonly alliance: Address },
): Promise<bigint> {
  const call = { address: alliance, abi: allianceAbi, functionName: 'alliances' } as const
  return ask(reader.public.readContract(call))
}
