import { defaulted, optional } from '../framework/option.ts'
import { integer, rpcUrl } from '../framework/value-type.ts'

/** Where `fednode chain local` listens. */
export const DEFAULT_RPC = 'http://127.0.0.1:8545'

/** How to reach the chain. */
export const chainOptions = {
  rpc: defaulted(rpcUrl, DEFAULT_RPC, 'JSON-RPC endpoint of the chain'),
  chainId: optional(integer('ID', 1, Number.MAX_SAFE_INTEGER), 'refuse any other chain id'),
} as const

/** The same for commands that believe the chain about who is paid what. */
export const comparedChainOptions = {
  ...chainOptions,
  compareRpc: optional(
    rpcUrl,
    'a second endpoint, of somebody else: nothing is done unless both say the same of the chain and of the rounds that are over',
  ),
} as const
