import { LOCAL_CHAIN_ID } from '@fednode/contracts'

/** How fast a node that votes goes, in ms. */
export type Pace = {
  /** How often the chain is asked. */
  readonly pollMs: number
  /** How long a member waits for the one before it to take a round on: longer than a transaction takes to be seen. */
  readonly turnMs: number
}

const LOCAL_PACE: Pace = { pollMs: 300, turnMs: 1_000 }
const PUBLIC_PACE: Pace = { pollMs: 4_000, turnMs: 15_000 }

/** As fast as blocks come: at once on the local chain, every few seconds elsewhere. */
export function paceOf(chainId: number): Pace {
  return chainId === LOCAL_CHAIN_ID ? LOCAL_PACE : PUBLIC_PACE
}
