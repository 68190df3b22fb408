import type { PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerIdText } from '../ids.ts'
import { isPeerId } from '../peer-id.ts'
import { MAX_KNOWN_RELAYS } from './network-limits.ts'

/** Peers that are no members and that we dial only to be carried to members. */
export type KnownRelays = {
  has(peer: PeerId | string): boolean
  /** Remembers one that the operator named. */
  trust(relay: PeerIdText): void
  /**
   * Remembers the relays that addresses to dial go through, until they are forgotten: members are none, whoever says so, and beyond
   * MAX_KNOWN_RELAYS none is added. @returns those that are new.
   */
  hear(addresses: readonly Multiaddr[]): Promise<readonly PeerIdText[]>
  /** One that led nowhere, or became a member. */
  forget(peer: PeerIdText): void
}

export function createKnownRelays(
  isMember: (peer: PeerIdText) => boolean | Promise<boolean>,
): KnownRelays {
  const trusted = new Set<string>()
  const heard = new Set<string>()
  function has(peer: PeerId | string): boolean {
    const id = peer.toString()
    return trusted.has(id) || heard.has(id)
  }
  async function isNew(relay: PeerIdText): Promise<boolean> {
    if (has(relay) || heard.size >= MAX_KNOWN_RELAYS) return false
    try {
      return !(await isMember(relay))
    } catch {
      // A registry that cannot be asked lets nobody in, and makes nobody a relay.
      return false
    }
  }
  return {
    has,
    trust: (relay) => void trusted.add(relay),
    async hear(addresses) {
      const added: PeerIdText[] = []
      for (const relay of new Set(addresses.map(relayOf))) {
        if (!isPeerId(relay) || !(await isNew(relay))) continue
        heard.add(relay)
        added.push(relay)
      }
      return added
    },
    forget: (peer) => void heard.delete(peer),
  }
}

/** The peer that an address goes through, when it goes through one. */
export function relayOf(address: Multiaddr): string | undefined {
  const components = address.getComponents()
  const end = components.findIndex(({ name }) => name === 'p2p-circuit')
  return components.slice(0, Math.max(end, 0)).find(({ name }) => name === 'p2p')?.value
}
