import type { Address } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'

/**
 * Whether the federator allowed an account to register. With open registration nobody needs to be.
 * @throws {ChainError} RPC_FAILED.
 */
export function readAllowed(
  reader: ChainReader,
  args: { readonly scenario: Address; readonly account: Address },
): Promise<boolean> {
  const { scenario: address, account } = args
  const call = { address, abi: scenarioAbi, functionName: 'isAllowed', args: [account] } as const
  return ask(reader.public.readContract(call))
}
