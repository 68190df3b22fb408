import { concatHex } from 'viem'
import { ChainError } from '../chain-error.ts'
import { aggregatorLeaseBytecode } from '../generated/aggregator-lease.ts'
import { CREATE2_PROXY, LEASE_SALT, leaseContract } from '../lease-contract.ts'
import { act } from '../send.ts'
import { hasCode } from '../target-code.ts'
import type { ChainAccount, Mined } from '../types.ts'

/**
 * Deploys the chain's AggregatorLease unless it is there; one serves all federations of the chain.
 * @returns what it cost; undefined when it was there.
 * @throws {ChainError} LEASE_UNAVAILABLE on a chain without the deterministic deployment proxy.
 */
export async function deployLease(account: ChainAccount): Promise<Mined | undefined> {
  if (await hasCode(account, leaseContract())) return undefined
  if (!(await hasCode(account, CREATE2_PROXY))) throw unavailable(account)
  const data = concatHex([LEASE_SALT, aggregatorLeaseBytecode])
  try {
    return await act(account, async (send) => ({
      receipt: await send({ to: CREATE2_PROXY, data }),
      result: {},
    }))
  } catch (error) {
    // Another federation's aggregator may have been quicker.
    if (await hasCode(account, leaseContract())) return undefined
    throw error
  }
}

function unavailable({ chainId }: ChainAccount): ChainError {
  return new ChainError(`chain ${chainId} has no deterministic deployment proxy`, {
    code: 'LEASE_UNAVAILABLE',
    hint: `Deploy it at ${CREATE2_PROXY} (github.com/Arachnid/deterministic-deployment-proxy).`,
  })
}
