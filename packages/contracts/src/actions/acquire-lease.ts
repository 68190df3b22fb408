import { type Address, encodeFunctionData, type Hex } from 'viem'
import { aggregatorLeaseAbi } from '../generated/aggregator-lease.ts'
import { leaseContract } from '../lease-contract.ts'
import { onlyEvent } from '../only-event.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Who wants to lead, and for how long. */
export type LeaseRequest = {
  readonly scenario: Address
  /** 32 bytes, not zero, that tell one aggregator of the federator from another. */
  readonly holder: Hex
  /** 10 to 86,400. */
  readonly seconds: number
  /** A term that was spoken before, at most 2^32 - 1; the new one is above it. */
  readonly floor: number
}

/**
 * Takes the lead of a Scenario in a new term: when nobody holds it, when its lease has expired, or as its holder; federator only.
 * @throws {ChainError} LEASE_HELD, NOT_FEDERATOR (refused); LEASE_DURATION; NO_CONTRACT before deployLease.
 */
export function acquireLease(
  account: ChainAccount,
  { scenario, holder, seconds, floor }: LeaseRequest,
): Promise<Mined & { readonly term: number }> {
  const address = leaseContract()
  const data = encodeFunctionData({
    abi: aggregatorLeaseAbi,
    functionName: 'acquire',
    args: [scenario, holder, seconds, floor],
  })
  return act(account, async (send) => {
    const receipt = await send({ to: address, data })
    const event = { address, abi: aggregatorLeaseAbi, eventName: 'LeaseAcquired' } as const
    return { receipt, result: { term: Number(onlyEvent(receipt, event).term) } }
  })
}
