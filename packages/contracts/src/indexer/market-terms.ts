import { type Address, zeroAddress } from 'viem'
import { ask } from '../ask.ts'
import { scenarioAbi } from '../generated/scenario.ts'
import type { ChainReader } from '../types.ts'

/** What a federation was created with and no event can change; amounts in wei, times in seconds. */
export type MarketTerms = {
  readonly chainId: number
  readonly scenario: Address
  /** Null in a federation without a market. */
  readonly pool: Address | null
  readonly currency: Address
  readonly minClients: number
  readonly rounds: number
  readonly streamWindow: number
  readonly bond: bigint
}

/**
 * Reads the terms of a federation. They are immutable arguments of its clone, so this is not state, which comes from events alone.
 * @throws {ChainError} RPC_FAILED, CHAIN_FAILED.
 */
export async function readMarketTerms(
  reader: ChainReader,
  scenario: Address,
): Promise<MarketTerms> {
  const contract = { address: scenario, abi: scenarioAbi } as const
  const [params, pool] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'params' }),
      reader.public.readContract({ ...contract, functionName: 'pool' }),
    ]),
  )
  const { currency, minClients, rounds, streamWindow, bond } = params
  return {
    chainId: reader.chainId,
    scenario,
    pool: pool === zeroAddress ? null : pool,
    currency,
    minClients,
    rounds,
    streamWindow,
    bond,
  }
}
