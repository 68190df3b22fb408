import type { Startable } from '@libp2p/interface'
import { type MulticastDNSComponents, mdns } from '@libp2p/mdns'
import { isPeerId } from '../peer-id.ts'
import type { MemberAddresses } from './address-book.ts'
import { localAddresses } from './local-addresses.ts'

/** Name of the service that peers of federations ask for on the local network. */
const SERVICE_TAG = '_fednode._udp.local'

/**
 * A libp2p service that asks the local network for peers (multicast DNS, libp2p discovery/mdns.md) and answers others who ask. What it hears
 * goes to `onFound` and nowhere else: libp2p itself would keep the addresses of everybody who answers (T13).
 */
export function localDiscovery(
  onFound: (found: MemberAddresses) => void,
): (components: MulticastDNSComponents) => Startable {
  return (components) => {
    const discovery = mdns({ serviceTag: SERVICE_TAG })(components)
    discovery.addEventListener('peer', ({ detail: { id, multiaddrs } }) => {
      const peer = id.toString()
      if (!isPeerId(peer)) return
      const own = components.addressManager.getAddresses()
      onFound({ peer, addresses: localAddresses(peer, multiaddrs, own) })
    })
    // Only its life: whatever else it offers would make libp2p listen to it.
    return {
      start: () => startOf(discovery).start(),
      stop: () => startOf(discovery).stop(),
    }
  }
}

function startOf(discovery: object): Startable {
  // The package types what it returns as a discovery only; libp2p starts and stops it as this.
  return discovery as Startable
}
