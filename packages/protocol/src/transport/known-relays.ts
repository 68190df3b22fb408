import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import { MAX_KNOWN_RELAYS } from './network-limits.ts'

/** Peers that are no members and that we dial only to be carried to members. */
export type KnownRelays = {
  has(peer: PeerId | string): boolean
  /** Remembers the relays that an address goes through; beyond MAX_KNOWN_RELAYS none is added. */
  addFrom(address: Multiaddr): void
}

export function createKnownRelays(): KnownRelays {
  const relays = new Set<string>()
  return {
    has: (peer) => relays.has(peer.toString()),
    addFrom(address) {
      const components = address.getComponents()
      const end = components.findLastIndex(({ name }) => name === 'p2p-circuit')
      for (const { name, value } of components.slice(0, Math.max(end, 0))) {
        if (name !== 'p2p' || value === undefined || relays.size >= MAX_KNOWN_RELAYS) continue
        relays.add(value)
      }
    },
  }
}
