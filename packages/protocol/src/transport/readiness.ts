import type { GossipSub } from '@libp2p/gossipsub'
import type { Connection, PeerId } from '@libp2p/interface'
import { MESH_LOW } from './gossip-options.ts'

/** A new connection carries gossip after a few ms; after this time it is not waited for any more, in ms. */
const READY_MS = 2_000
const POLL_MS = 10

/**
 * Whether messages flow to this peer: it has told its subscription, and our stream to it is open. Without the second, gossipsub counts
 * the peer as a subscriber and drops the message.
 */
export function isReady(gossip: GossipSub, topic: string, peer: PeerId): boolean {
  const isSubscribed = gossip.getSubscribers(topic).some((subscriber) => subscriber.equals(peer))
  return isSubscribed && fieldsOf(gossip).streamsOutbound.has(peer.toString())
}

/**
 * Waits until messages flow to every connected peer, and to at least one. Bounded: peers get READY_MS from the start of their
 * connection, and with nobody connected the wait ends after READY_MS.
 */
export async function waitUntilReady(options: {
  gossip: GossipSub
  topic: string
  connections(): readonly Connection[]
  signal: AbortSignal
}): Promise<void> {
  const { gossip, topic, connections, signal } = options
  const end = performance.now() + READY_MS
  while (!signal.aborted && performance.now() < end) {
    const now = Date.now()
    const pending = connections()
      .filter(({ remotePeer }) => !isReady(gossip, topic, remotePeer))
      .some(({ timeline }) => now - timeline.open < READY_MS)
    if (!pending && connections().length > 0) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/**
 * Waits until messages flow to this peer and it is in our mesh, so that it also passes on what others publish; at most READY_MS. A peer
 * for which the mesh has no room is told what it missed by gossipsub; one that joins the mesh a moment after a message is not.
 */
export async function waitUntilMeshed(options: {
  gossip: GossipSub
  topic: string
  peer: PeerId
  signal: AbortSignal
}): Promise<void> {
  const { gossip, topic, peer, signal } = options
  const isMeshed = (): boolean => {
    const mesh = fieldsOf(gossip).mesh.get(topic)
    return mesh !== undefined && (mesh.has(peer.toString()) || mesh.size >= MESH_LOW)
  }
  const end = performance.now() + READY_MS
  while (!signal.aborted && performance.now() < end) {
    if (isReady(gossip, topic, peer) && isMeshed()) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

type PublicFields = {
  readonly streamsOutbound: ReadonlyMap<string, unknown>
  readonly mesh: ReadonlyMap<string, ReadonlySet<string>>
}

function fieldsOf(gossip: GossipSub): PublicFields {
  // Public fields of the class that the package's interface type leaves out.
  return gossip as unknown as PublicFields
}
