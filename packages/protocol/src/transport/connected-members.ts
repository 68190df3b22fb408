import type { PeerIdText } from '../ids.ts'
import { peerIdText } from './gater.ts'
import type { HostContext } from './host-context.ts'

/** Members that have an open connection with this host; relays are none. */
export function connectedMembers({
  node,
  relays,
}: Pick<HostContext, 'node' | 'relays'>): readonly PeerIdText[] {
  return node
    .getPeers()
    .filter((peer) => !relays.has(peer))
    .map(peerIdText)
}
