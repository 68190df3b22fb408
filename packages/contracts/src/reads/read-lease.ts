import type { Address, Hex } from 'viem'
import { ask } from '../ask.ts'
import { aggregatorLeaseAbi } from '../generated/aggregator-lease.ts'
import { leaseContract } from '../lease-contract.ts'
import { hasCode } from '../target-code.ts'
import type { ChainReader } from '../types.ts'

/** Who leads a Scenario, in which term, until when. */
export type Lease = {
  readonly holder: Hex
  readonly term: number
  /** Unix seconds by the chain's clock. */
  readonly expiresAt: bigint
}

/**
 * The lease of a Scenario; undefined when nobody ever led it, or this chain has no AggregatorLease.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readLease(
  reader: ChainReader,
  { scenario }: { readonly scenario: Address },
): Promise<Lease | undefined> {
  const address = leaseContract()
  if (!(await hasCode(reader, address))) return undefined
  const call = { address, abi: aggregatorLeaseAbi, functionName: 'leaseOf' } as const
  const lease = await ask(reader.public.readContract({ ...call, args: [scenario] }))
  return lease.term === 0n ? undefined : { ...lease, term: Number(lease.term) }
}
