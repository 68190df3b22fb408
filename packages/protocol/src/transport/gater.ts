import type { ConnectionGater, PeerId } from '@libp2p/interface'
import type { PeerIdText } from '../ids.ts'
import { isPeerId } from '../peer-id.ts'
import { MAX_CONNECTIONS_PER_PEER } from './limits.ts'
import type { Standing } from './standing.ts'
import type { HostRules } from './types.ts'

/** What the gate asks. */
export type GaterDeps = {
  readonly rules: Pick<HostRules, 'isMember'>
  readonly standing: Pick<Standing, 'isBanned'>
  /** Connections that this peer has now. */
  countConnections(peer: PeerId): number
}

/**
 * Lets members in and nobody else (T1). The identity is proven by noise before it is judged, and judged before the multiplexer starts,
 * so no protocol handler ever runs for a stranger. A registry that cannot be asked lets nobody in: isMember's rejection ends the dial.
 */
export function createGater({ rules, standing, countConnections }: GaterDeps): ConnectionGater {
  async function isStranger(peer: PeerId): Promise<boolean> {
    const id = peer.toString()
    return !isPeerId(id) || standing.isBanned(id) || !(await rules.isMember(id))
  }
  return {
    denyDialPeer: isStranger,
    denyOutboundEncryptedConnection: isStranger,
    denyInboundEncryptedConnection: async (peer) =>
      countConnections(peer) >= MAX_CONNECTIONS_PER_PEER || (await isStranger(peer)),
  }
}

/** The peer id of a connection as text; only ed25519 keys pass the gate. */
export function peerIdText(peer: PeerId): PeerIdText {
  // The gate has let nobody through whose id is not one.
  return peer.toString() as PeerIdText
}
