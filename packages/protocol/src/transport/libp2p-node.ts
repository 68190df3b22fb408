import { dcutr } from '@libp2p/dcutr'
import { type GossipSub, gossipsub } from '@libp2p/gossipsub'
import { type Identify, identify, identifyPush } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { createLibp2p } from 'libp2p'
import type { MemberAddresses } from './address-book.ts'
import { gossipOptions } from './gossip-options.ts'
import { badListenAddress } from './listen-error.ts'
import { type NodeBasics, nodeBasics } from './node-basics.ts'

/** Handshakes may take long when the other process trains on the same cores, in ms. */
const HANDSHAKE_MS = 20_000
/** A peer that does not answer a ping for so long is gone; long, because training may hold up its event loop, in ms. */
const PING_MS = 60_000

/** libp2p as we use it. */
export type Libp2pNode = Libp2p<{ gossip: GossipSub; identify: Identify }>

/**
 * A libp2p node, not started: TCP, WebSocket and relayed connections, noise, yamux, identify, gossipsub, hole punching. Listening on
 * /p2p-circuit reserves a place at one relay that it is connected to.
 * @throws {UserError} usage BAD_ADDRESS
 */
export async function createLibp2pNode(
  options: NodeBasics & {
    readonly topic: string
    /** See gossipOptions. */
    readonly scoreOf: (peer: string) => number
    /** Looks for peers on the local network when given; told of whom it finds. */
    readonly onFound?: (found: MemberAddresses) => void
  },
): Promise<Libp2pNode> {
  const { listen, topic, scoreOf, onFound } = options
  const basics = await nodeBasics(options)
  return createLibp2p({
    ...basics,
    connectionManager: {
      ...basics.connectionManager,
      dialTimeout: HANDSHAKE_MS,
      addressDialTimeout: HANDSHAKE_MS,
      inboundUpgradeTimeout: HANDSHAKE_MS,
      // Together about four minutes: an aggregator that restarts is found again.
      reconnectRetries: 12,
      reconnectBackoffFactor: 1.5,
    },
    connectionMonitor: { pingTimeout: { minTimeout: PING_MS, maxTimeout: PING_MS } },
    services: {
      identify: identify(),
      // Addresses that come later, such as a place at a relay, are told to those who are connected already.
      identifyPush: identifyPush(),
      gossip: gossipsub(gossipOptions(topic, scoreOf)),
      holePunching: dcutr(),
      ...(onFound === undefined ? {} : { local: await discoveryOf(onFound) }),
    },
  }).catch((cause: unknown) => {
    throw badListenAddress(listen, cause)
  })
}

/** Loaded only where it is asked for. */
async function discoveryOf(onFound: (found: MemberAddresses) => void) {
  const { localDiscovery } = await import('./local-discovery.ts')
  return localDiscovery(onFound)
}
