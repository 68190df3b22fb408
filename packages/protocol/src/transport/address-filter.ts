import type { Connection, ConnectionGater, PeerId } from '@libp2p/interface'
import type { PeerIdText } from '../ids.ts'
import { isDialable } from './dialable.ts'
import { networkDepthOf } from './network-depth.ts'
import { depthOfTeller } from './up-to-depth.ts'

/** What the filter asks. */
export type AddressFilterDeps = {
  readonly self: PeerIdText
  /** Open connections with this peer. */
  connectionsOf(peer: PeerId): readonly Pick<Connection, 'remoteAddr'>[]
}

/** The gate for addresses, before libp2p keeps or dials one: also what a connected peer says of itself (identify) is only heard of (T29). */
export function createAddressFilter({
  self,
  connectionsOf,
}: AddressFilterDeps): Pick<ConnectionGater, 'denyDialMultiaddr' | 'filterMultiaddrForPeer'> {
  return {
    denyDialMultiaddr: (address) => !isDialable(address),
    filterMultiaddrForPeer(peer, address) {
      if (peer.toString() === self) return true
      if (!isDialable(address)) return false
      const connections = connectionsOf(peer)
      // Before the first connection only those are kept that we dial ourselves.
      if (connections.length === 0) return true
      const depth = networkDepthOf(address)
      return depth !== undefined && depth <= depthOfTeller(connections)
    },
  }
}
