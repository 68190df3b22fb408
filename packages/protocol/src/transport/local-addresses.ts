import type { Multiaddr } from '@multiformats/multiaddr'
import type { PeerIdText } from '../ids.ts'
import { heardAddresses } from './heard-addresses.ts'
import { NETWORK_DEPTH, networkDepthOf } from './network-depth.ts'

/**
 * What is kept of an answer from the local network, which anybody there may give (T13, T29): addresses within that network, none through a
 * relay, and none on this machine unless `own` addresses are all there. @returns multiaddrs with /p2p/ suffix.
 */
export function localAddresses(
  peer: PeerIdText,
  heard: readonly Multiaddr[],
  own: readonly Multiaddr[],
): readonly string[] {
  const isOnMachine = (address: Multiaddr): boolean =>
    networkDepthOf(address) === NETWORK_DEPTH.machine
  const isSelfContained = own.length > 0 && own.every(isOnMachine)
  const local = heard.filter((address) => {
    if (address.getComponents().some(({ name }) => name === 'p2p-circuit')) return false
    if (isOnMachine(address)) return isSelfContained
    return (networkDepthOf(address) ?? NETWORK_DEPTH.public) > NETWORK_DEPTH.public
  })
  return heardAddresses(peer, local)
}
