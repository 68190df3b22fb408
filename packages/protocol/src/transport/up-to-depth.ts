import type { Connection } from '@libp2p/interface'
import { multiaddr } from '@multiformats/multiaddr'
import { NETWORK_DEPTH, type NetworkDepth, networkDepthOf } from './network-depth.ts'

/** Those of `addresses` that lie no deeper in networks than `limit`. */
export function upToDepth(addresses: readonly string[], limit: NetworkDepth): readonly string[] {
  return addresses.filter((address) => {
    const depth = networkDepthOf(multiaddr(address))
    return depth !== undefined && depth <= limit
  })
}

/**
 * How deep the addresses may lie that a peer tells of: as deep as itself, so that nobody from outside has us look into the own network or
 * machine (T29), and a federation on one machine or in one network finds itself. A relayed peer is where its relay is.
 */
export function depthOfTeller(
  connections: readonly Pick<Connection, 'remoteAddr'>[],
): NetworkDepth {
  const depths = connections.map(({ remoteAddr }) => networkDepthOf(remoteAddr))
  return depths.reduce<NetworkDepth>(
    (deepest, depth) => (depth !== undefined && depth > deepest ? depth : deepest),
    NETWORK_DEPTH.public,
  )
}
