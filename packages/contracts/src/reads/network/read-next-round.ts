import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { scenarioAbi } from '../../generated/scenario.ts'
import type { ChainReader } from '../../types.ts'

/**
 * The round of a Scenario that a listing's part would be paid into, as ModelMarket counts it; undefined when none is to come.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readNextRound(
  reader: ChainReader,
  { scenario: address }: { readonly scenario: Address },
): Promise<number | undefined> {
  const contract = { address, abi: scenarioAbi } as const
  const [current, { rounds }] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'currentRound' }),
      reader.public.readContract({ ...contract, functionName: 'params' }),
    ]),
  )
  return current < rounds ? current + 1 : undefined
}
