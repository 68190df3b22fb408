import { type Multiaddr, multiaddr } from '@multiformats/multiaddr'
import type { PeerIdText } from '../ids.ts'
import { isDialable } from './dialable.ts'
import { relayOf } from './known-relays.ts'
import { MAX_ADDRESSES_PER_PEER, MAX_RELAYS_PER_PEER } from './network-limits.ts'

/**
 * What is kept of the addresses that somebody says `peer` has: those of a form that is dialled (T29), MAX_ADDRESSES_PER_PEER at most, through
 * MAX_RELAYS_PER_PEER relays at most. @returns multiaddrs with /p2p/ suffix, which parse again.
 */
export function heardAddresses(peer: PeerIdText, heard: readonly Multiaddr[]): readonly string[] {
  const relays = new Set<string>()
  function isWithinRelays(address: Multiaddr): boolean {
    const relay = relayOf(address)
    if (relay === undefined) return true
    if (relays.size < MAX_RELAYS_PER_PEER) relays.add(relay)
    return relays.has(relay)
  }
  return heard
    .slice(0, MAX_ADDRESSES_PER_PEER)
    .filter(isDialable)
    .filter(isWithinRelays)
    .map((address) => withPeer(address.toString(), peer))
    .filter((text) => isDialable(multiaddr(text)))
}

function withPeer(address: string, peer: PeerIdText): string {
  const suffix = `/p2p/${peer}`
  return address.endsWith(suffix) ? address : `${address}${suffix}`
}
