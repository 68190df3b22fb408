import { LOCAL_CHAIN_ID } from './dev-accounts.ts'
import type { ChainReader } from './types.ts'

/**
 * Block on which calls are simulated. The local chain mines only when something is sent, so its latest block may be old and a
 * window that is over by the clock would seem open; the pending block has the present time. Elsewhere blocks keep coming.
 */
export function readBlockTag(reader: ChainReader): 'pending' | 'latest' {
  return reader.chainId === LOCAL_CHAIN_ID ? 'pending' : 'latest'
}
