import { type Address, type Hex, zeroHash } from 'viem'
import { getCreate2Address } from 'viem/utils'
import { aggregatorLeaseBytecode } from './generated/aggregator-lease.ts'

/**
 * The deterministic deployment proxy, at the same address on nearly every chain, anvil's included: it takes 32 bytes of salt and creation
 * code, and creates by CREATE2 (EIP-1014).
 * @see https://github.com/Arachnid/deterministic-deployment-proxy
 */
export const CREATE2_PROXY: Address = '0x4e59b44847b379578588920cA78FbF26c0B4956C'
/** One deployment per chain is enough. */
export const LEASE_SALT: Hex = zeroHash

/**
 * Where the chain's AggregatorLease is, once somebody deployed it: the address follows from its code, so that everybody finds the same one
 * and nobody can put another in its place.
 */
export function leaseContract(): Address {
  return getCreate2Address({
    from: CREATE2_PROXY,
    salt: LEASE_SALT,
    bytecode: aggregatorLeaseBytecode,
  })
}
