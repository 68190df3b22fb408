import { BlockList } from 'node:net'
import type { ConnectionGater, PeerId } from '@libp2p/interface'
import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { isPeerId } from '../peer-id.ts'
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
  /** Whom the relay is for; a rejection lets nobody in. @default everybody */
  isMember?(peer: PeerIdText): boolean | Promise<boolean>
}

/**
 * Lets members in and nobody else, where the relay is told who they are; who was one when it came gets no new place. Else it lets everybody
 * in, but so many of one address only: new keys cost nothing, and one host would take all places (T6). Who comes from this machine is not
 * counted: behind a TLS proxy that is everybody. A relay itself dials nobody.
 */
export function createRelayGater(deps: RelayGaterDeps): ConnectionGater {
  const { logger, isMember } = deps
  const lines = createTokenBucket({
    burst: LOGGED_STRANGERS,
    perSecond: LOGGED_STRANGERS_PER_SECOND,
  })
  function refuse(peer: PeerId, code: 'NOT_MEMBER' | 'TOO_MANY_OF_ADDRESS'): true {
    if (lines.take('all')) logger.info({ peer: peer.toString(), code }, 'connection refused')
    return true
  }
  const isStranger = async (peer: PeerId): Promise<boolean> => {
    const id = peer.toString()
    return isMember !== undefined && !(isPeerId(id) && (await isMember(id)))
  }
  return {
    denyDialPeer: () => true,
    async denyInboundEncryptedConnection(peer, { remoteAddr }) {
      if (await isStranger(peer)) return refuse(peer, 'NOT_MEMBER')
      const isCrowded = isMember === undefined && crowds(peer, remoteAddr, deps)
      return isCrowded ? refuse(peer, 'TOO_MANY_OF_ADDRESS') : false
    },
    denyInboundRelayReservation: isStranger,
  }
}

/** Whether others of the same address have all the places that one may have. */
function crowds(
  peer: PeerId,
  address: Multiaddr,
  { placesPerAddress, guests }: Pick<RelayGaterDeps, 'placesPerAddress' | 'guests'>,
): boolean {
  if (networkDepthOf(address) === NETWORK_DEPTH.machine) return false
  const isNeighbour = isSameSource(address)
  const others = guests()
    .filter((guest) => !guest.peer.equals(peer) && isNeighbour(guest.address))
    .map((guest) => guest.peer.toString())
  return new Set(others).size >= placesPerAddress
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
