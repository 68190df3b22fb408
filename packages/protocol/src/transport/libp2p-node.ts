import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { dcutr } from '@libp2p/dcutr'
import { type GossipSub, gossipsub } from '@libp2p/gossipsub'
import { type Identify, identify, identifyPush } from '@libp2p/identify'
import type { ConnectionGater, Libp2p } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import type { PeerKey } from '../peer-key.ts'
import type { MemberAddresses } from './address-book.ts'
import { gossipOptions } from './gossip-options.ts'
import {
  MAX_CONNECTIONS,
  MAX_DIALS_PER_SECOND,
  MAX_PENDING_CONNECTIONS,
  MAX_STREAM_WINDOW_BYTES,
  MAX_STREAMS_PER_CONNECTION,
} from './limits.ts'
import { badListenAddress } from './listen-error.ts'

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
export async function createLibp2pNode(options: {
  readonly peerKey: PeerKey
  readonly listen: readonly string[]
  readonly announce: readonly string[]
  readonly topic: string
  readonly gater: ConnectionGater
  /** See gossipOptions. */
  readonly scoreOf: (peer: string) => number
  /** Looks for peers on the local network when given; told of whom it finds. */
  readonly onFound?: (found: MemberAddresses) => void
}): Promise<Libp2pNode> {
  const { peerKey, listen, announce, topic, gater, scoreOf, onFound } = options
  return createLibp2p({
    start: false,
    privateKey: await generateKeyPairFromSeed('Ed25519', peerKey.exportSeed()),
    addresses: { listen: [...listen], announce: [...announce] },
    transports: [tcp(), webSockets(), circuitRelayTransport()],
    connectionEncrypters: [noise()],
    streamMuxers: [
      yamux({
        maxInboundStreams: MAX_STREAMS_PER_CONNECTION,
        maxOutboundStreams: MAX_STREAMS_PER_CONNECTION,
        streamOptions: { maxStreamWindowSize: MAX_STREAM_WINDOW_BYTES },
      }),
    ],
    connectionGater: gater,
    connectionManager: {
      maxConnections: MAX_CONNECTIONS,
      inboundConnectionThreshold: MAX_DIALS_PER_SECOND,
      maxIncomingPendingConnections: MAX_PENDING_CONNECTIONS,
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
