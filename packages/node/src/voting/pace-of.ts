import { LOCAL_CHAIN_ID } from '@fednode/contracts'

/** How often a node that votes asks its chain, and how long it waits for another's transaction to be seen, in ms. */
export type Pace = { readonly pollMs: number; readonly turnMs: number }

const LOCAL_PACE: Pace = { pollMs: 300, turnMs: 1_000 }
const PUBLIC_PACE: Pace = { pollMs: 4_000, turnMs: 15_000 }

/** As fast as blocks come: at once on the local chain, every few seconds elsewhere. */
export function paceOf(chainId: number): Pace {
  return chainId === LOCAL_CHAIN_ID ? LOCAL_PACE : PUBLIC_PACE
}
