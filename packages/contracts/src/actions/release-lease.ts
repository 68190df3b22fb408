import { type Address, encodeFunctionData } from 'viem'
import { aggregatorLeaseAbi } from '../generated/aggregator-lease.ts'
import { leaseContract } from '../lease-contract.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/** Steps down, so that another may lead at once; federator only. @throws {ChainError} LEASE_LOST (refused). */
export function releaseLease(
  account: ChainAccount,
  args: { readonly scenario: Address; readonly term: number },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: aggregatorLeaseAbi,
    functionName: 'release',
    args: [args.scenario, BigInt(args.term)],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: leaseContract(), data }),
    result: {},
  }))
}
