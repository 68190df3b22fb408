import { BlockList } from 'node:net'
import type { ConnectionGater, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { Logger } from '../logger.ts'
import { LOGGED_STRANGERS, LOGGED_STRANGERS_PER_SECOND } from './limits.ts'
import { NETWORK_DEPTH, networkDepthOf } from './network-depth.ts'
import { createTokenBucket } from './token-bucket.ts'

/** A peer that is connected or keeps a place, and where it came from. */
export type RelayGuest = { readonly peer: PeerId; readonly address: Multiaddr }

/** What the gate of a relay asks. */
export type RelayGaterDeps = {
  /** Peers that one IPv4 address, or one IPv6 network of 64 bits, may have here. */
  readonly placesPerAddress: number
  readonly logger: Pick<Logger, 'info'>
  guests(): readonly RelayGuest[]
}

/**
 * Lets everybody in, but so many of one address only: new keys cost nothing, and one host would take all places (T6). Who comes from this
 * machine is not counted: behind a TLS proxy that is everybody. A relay itself dials nobody.
 */
export function createRelayGater(deps: RelayGaterDeps): ConnectionGater {
  const { placesPerAddress, logger, guests } = deps
  const lines = createTokenBucket({
    burst: LOGGED_STRANGERS,
    perSecond: LOGGED_STRANGERS_PER_SECOND,
  })
  return {
    denyDialPeer: () => true,
    denyInboundEncryptedConnection(peer, { remoteAddr }) {
      if (networkDepthOf(remoteAddr) === NETWORK_DEPTH.machine) return false
      const isNeighbour = isSameSource(remoteAddr)
      const others = guests()
        .filter((guest) => !guest.peer.equals(peer) && isNeighbour(guest.address))
        .map((guest) => guest.peer.toString())
      if (new Set(others).size < placesPerAddress) return false
      const fields = { peer: peer.toString(), code: 'TOO_MANY_OF_ADDRESS' }
      if (lines.take('all')) logger.info(fields, 'connection refused')
      return true
    },
  }
}

/** IPv4 addresses within IPv6, as sockets that listen on both name them. */
const MAPPED = new BlockList()
MAPPED.addSubnet('::ffff:0:0', 96, 'ipv6')

/** Whether an address belongs to whoever has `address`: an IPv6 host has a network of 64 bits (RFC 6177) to choose from. */
function isSameSource(address: Multiaddr): (other: Multiaddr) => boolean {
  const { ip, family } = hostOf(address)
  const isWhole = family === 'ipv4' || MAPPED.check(ip, family)
  const source = new BlockList()
  if (isWhole) source.addAddress(ip, family)
  else source.addSubnet(ip, 64, family)
  return (other) => {
    const host = hostOf(other)
    return source.check(host.ip, host.family)
  }
}

function hostOf(address: Multiaddr): { readonly ip: string; readonly family: 'ipv4' | 'ipv6' } {
  const [host] = address.getComponents()
  return { ip: host?.value ?? '', family: host?.name === 'ip6' ? 'ipv6' : 'ipv4' }
}
