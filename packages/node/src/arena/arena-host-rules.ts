import type { HostRules } from '@fednode/protocol'
import type { ArenaServed } from './arena-member.ts'
import type { ArenaPeers } from './arena-peers.ts'

/**
 * What the host of a task's member asks: members may connect; models are for validators, and only once the round is frozen, so that no
 * node can learn from another's before its own is fixed. Nobody gossips: all that is agreed on is on the chain.
 */
export function arenaHostRules(peers: ArenaPeers, served: ArenaServed): HostRules {
  return {
    isMember: (peer) => peers.isMember(peer),
    checkMessage: () => ({ action: 'reject', code: 'NO_MESSAGES' }),
    onMessage() {},
    mayServe: (peer, cid) => served.models.has(cid) && peers.isValidator(peer),
    latestMessages: () => [],
  }
}
