import { parseGwei } from 'viem'
import { LOCAL_CHAIN_ID } from '../dev-accounts.ts'

/**
 * Bound where the operator names none: twice what busy days cost on Ethereum, and never reached on its rollups, which ask for less than
 * one gwei.
 */
const DEFAULT_MAX_FEE = parseGwei('200')

/**
 * Most that a unit of gas may cost, tip included, in wei (T54); undefined, which is no bound, on the local chain unless one is named.
 * @param named - what the operator said.
 */
export function feeBound(chainId: number, named: bigint | undefined): bigint | undefined {
  if (named !== undefined) return named
  return chainId === LOCAL_CHAIN_ID ? undefined : DEFAULT_MAX_FEE
}
