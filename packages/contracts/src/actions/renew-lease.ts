import { type Address, encodeFunctionData } from 'viem'
import { aggregatorLeaseAbi } from '../generated/aggregator-lease.ts'
import { leaseContract } from '../lease-contract.ts'
import { act } from '../send.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Leads on for `seconds` from now, also after the expiry as long as nobody else took over; federator only.
 * @throws {ChainError} LEASE_LOST (refused) when another term is the present one.
 */
export function renewLease(
  account: ChainAccount,
  args: { readonly scenario: Address; readonly term: number; readonly seconds: number },
): Promise<Mined> {
  const data = encodeFunctionData({
    abi: aggregatorLeaseAbi,
    functionName: 'renew',
    args: [args.scenario, BigInt(args.term), args.seconds],
  })
  return act(account, async (send) => ({
    receipt: await send({ to: leaseContract(), data }),
    result: {},
  }))
}
