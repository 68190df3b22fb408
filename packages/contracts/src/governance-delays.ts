import { UserError } from '@fednode/protocol'
import { LOCAL_CHAIN_ID } from './dev-accounts.ts'

const DAY = 86_400

/** How long governance takes at least; seconds. */
export type GovernanceDelays = {
  readonly votingDelay: number
  readonly votingPeriod: number
  readonly timelockDelay: bigint
}

/**
 * Refuses governance that nobody could follow: the contracts hold it to whatever they were created with. On a local chain minutes do.
 * @throws {UserError} NETWORK_TERMS (usage).
 */
export function requireSlowGovernance(chainId: number, delays: GovernanceDelays): void {
  const { votingDelay, votingPeriod, timelockDelay } = delays
  const slow = votingDelay >= DAY && votingPeriod >= DAY && timelockDelay >= 2n * BigInt(DAY)
  if (slow || chainId === LOCAL_CHAIN_ID) return
  throw new UserError('usage', 'governance of this network would be too quick to follow', {
    code: 'NETWORK_TERMS',
    hint: 'At least a day before a vote, a day for it, and two until it counts.',
  })
}
