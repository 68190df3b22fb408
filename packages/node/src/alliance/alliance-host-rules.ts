import type { HostRules } from '@fednode/protocol'
import type { AllianceDeps, AllianceRun } from './alliance-node.ts'

/**
 * What the host of an alliance's node asks: participants may connect and have global models; contributions are for the round's voters, and
 * only once all have contributed or are too late, so that no proposer can copy. Nobody gossips: all that is agreed on is on the chain.
 */
export function allianceHostRules(
  { peers }: Pick<AllianceDeps, 'peers'>,
  served: AllianceRun['served'],
): HostRules {
  return {
    isMember: (peer) => peers.isMember(peer),
    checkMessage: () => ({ action: 'reject', code: 'NO_MESSAGES' }),
    onMessage() {},
    mayServe(peer, cid) {
      if (served.models.has(cid)) return peers.isKnown(peer)
      return served.contributions.has(cid) && served.voters.has(peer)
    },
    latestMessages: () => [],
  }
}
