import type { Connection, PeerId } from '@libp2p/interface'
import type { Libp2pNode } from './libp2p-node.ts'
import { MIN_REPAIR_AGE_MS, REPAIR_INTERVAL_MS } from './network-limits.ts'

/** What the repair needs of a host. */
export type GossipRepairDeps = {
  readonly node: Libp2pNode
  /** Ends the repair. */
  readonly signal: AbortSignal
  /** Whether gossip is exchanged with this peer at all. */
  isMember(peer: PeerId): boolean
}

/**
 * Gives every connected member a gossip stream until the signal fires. Gossipsub opens its stream once per connection, one peer after the
 * other: when identify or that one try fails on a busy machine, or the stream ends before the connection does, the peer stays connected
 * and deaf. Looks every REPAIR_INTERVAL_MS.
 */
export function keepGossiping(deps: GossipRepairDeps): void {
  const { node, signal } = deps
  const opening = new Set<string>()
  const timer = setInterval(() => {
    for (const connection of deafConnections(deps)) {
      const peer = connection.remotePeer.toString()
      if (opening.has(peer)) continue
      opening.add(peer)
      void repair(node, connection).finally(() => opening.delete(peer))
    }
  }, REPAIR_INTERVAL_MS)
  timer.unref()
  signal.addEventListener('abort', () => clearInterval(timer), { once: true })
}

/** One open connection of every member that gossip does not flow to though it had the time. */
function deafConnections({ node, isMember }: GossipRepairDeps): readonly Connection[] {
  const { streamsOutbound } = routerOf(node)
  const found = new Map<string, Connection>()
  for (const connection of node.getConnections()) {
    const { remotePeer, status, timeline } = connection
    if (status !== 'open' || Date.now() - timeline.open < MIN_REPAIR_AGE_MS) continue
    if (streamsOutbound.has(remotePeer.toString()) || !isMember(remotePeer)) continue
    found.set(remotePeer.toString(), connection)
  }
  return [...found.values()]
}

async function repair(node: Libp2pNode, connection: Connection): Promise<void> {
  const router = routerOf(node)
  const { remotePeer, direction, remoteAddr } = connection
  // Gossipsub forgets a peer whose earlier connection ended after the next one had begun.
  router.addPeer(remotePeer, direction, remoteAddr)
  // Not through its queue, which may be waiting for somebody who does not answer. Never rejects.
  await router.createOutboundStream(remotePeer, connection)
}

type Router = {
  readonly streamsOutbound: ReadonlyMap<string, unknown>
  addPeer(peer: PeerId, direction: Connection['direction'], address: Connection['remoteAddr']): void
  createOutboundStream(peer: PeerId, connection: Connection): Promise<void>
}

function routerOf({ services }: Libp2pNode): Router {
  // Gossipsub has no call for this; its own methods, which the package's interface leaves out, do what a new connection would cause.
  return services.gossip as unknown as Router
}
