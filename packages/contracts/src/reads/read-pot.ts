import type { Address } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'

/**
 * Currency in wei that is escrowed for a round, with what earlier rounds carried over when it is the present one; 0 once it is
 * settled.
 * @throws {ChainError} RPC_FAILED.
 */
export function readPot(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly round: number },
): Promise<bigint> {
  const { scenario: address, round } = args
  const call = { address, abi: scenarioAbi, functionName: 'potOf', args: [round] } as const
  return ask(reader.public.readContract(call))
}
