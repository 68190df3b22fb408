import type { ConnectionGater, PeerId } from '@libp2p/interface'
import type { PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { isPeerId } from '../peer-id.ts'
import type { KnownRelays } from './known-relays.ts'
import {
  LOGGED_STRANGERS,
  LOGGED_STRANGERS_PER_SECOND,
  MAX_CONNECTIONS_PER_PEER,
} from './limits.ts'
import type { Standing } from './standing.ts'
import { createTokenBucket } from './token-bucket.ts'
import type { HostRules } from './types.ts'

/** What the gate asks. */
export type GaterDeps = {
  readonly rules: Pick<HostRules, 'isMember'>
  readonly standing: Pick<Standing, 'isBanned'>
  readonly logger: Pick<Logger, 'info'>
  /** May be dialled although they are no members; they may not dial us. */
  readonly relays: Pick<KnownRelays, 'has' | 'forget'>
  /** Connections that this peer has now. */
  countConnections(peer: PeerId): number
}

/**
 * Lets members in and nobody else (T1). The identity is proven by noise before it is judged, and judged before the multiplexer starts,
 * so no protocol handler ever runs for a stranger; the operator's log says who was refused and why. A registry that cannot be asked lets nobody in: isMember's rejection ends the dial.
 */
export function createGater(deps: GaterDeps): ConnectionGater {
  const { rules, standing, countConnections, logger, relays } = deps
  const lines = createTokenBucket({
    burst: LOGGED_STRANGERS,
    perSecond: LOGGED_STRANGERS_PER_SECOND,
  })

  async function isStranger(peer: PeerId): Promise<boolean> {
    return (await whyNot(peer)) !== undefined
  }
  async function whyNot(
    peer: PeerId,
  ): Promise<'BAD_PEER_ID' | 'BANNED' | 'NOT_MEMBER' | undefined> {
    const id = peer.toString()
    if (!isPeerId(id)) return 'BAD_PEER_ID'
    if (standing.isBanned(id)) return 'BANNED'
    return (await rules.isMember(id)) ? undefined : 'NOT_MEMBER'
  }
  async function denyInbound(peer: PeerId): Promise<boolean> {
    const isGreedy = countConnections(peer) >= MAX_CONNECTIONS_PER_PEER
    const code = isGreedy ? 'TOO_MANY_CONNECTIONS' : await whyNot(peer)
    if (code === undefined) {
      relays.forget(peerIdText(peer))
      return false
    }
    // One budget for all: whoever makes new keys must not fill the disk with lines.
    if (lines.take('all')) logger.info({ peer: peer.toString(), code }, 'connection refused')
    return true
  }
  async function denyOutbound(peer: PeerId): Promise<boolean> {
    return !relays.has(peer) && (await isStranger(peer))
  }
  return {
    denyDialPeer: denyOutbound,
    denyOutboundEncryptedConnection: (peer) => denyOutbound(peer),
    denyInboundEncryptedConnection: denyInbound,
    // A relay says who wants in; noise proves it afterwards, and the gate above judges it again.
    denyInboundRelayedConnection: (_relay, peer) => isStranger(peer),
  }
}

/** The peer id of a connection as text; only ed25519 keys pass the gate. */
export function peerIdText(peer: PeerId): PeerIdText {
  // The gate has let nobody through whose id is not one.
  return peer.toString() as PeerIdText
}
