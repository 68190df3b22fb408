import type { Address } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader, ScenarioClient } from '../types.ts'

/**
 * All clients of a Scenario at one block, in index order.
 * @throws {ChainError} UNKNOWN_CLIENT when the node's answers are of two states, see readSteadily.
 */
export async function readClients(
  reader: ChainReader,
  at: { readonly address: Address; readonly blockNumber: bigint },
): Promise<readonly ScenarioClient[]> {
  const contract = { ...at, abi: scenarioAbi } as const
  const count = await ask(reader.public.readContract({ ...contract, functionName: 'clientCount' }))
  const clients = Array.from({ length: count }, (_, index) =>
    reader.public.readContract({ ...contract, functionName: 'clientAt', args: [index] }),
  )
  return (await ask(Promise.all(clients))).map((client, index) => ({ index, ...client }))
}
