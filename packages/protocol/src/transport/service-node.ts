import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { type Identify, identify } from '@libp2p/identify'
import type { ConnectionGater, Libp2p } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import type { PeerKey } from '../peer-key.ts'
import {
  MAX_CONNECTIONS,
  MAX_DIALS_PER_SECOND,
  MAX_PENDING_CONNECTIONS,
  MAX_STREAM_WINDOW_BYTES,
  MAX_STREAMS_PER_CONNECTION,
} from './limits.ts'
import { badListenAddress } from './listen-error.ts'

/** A libp2p node of somebody who belongs to no federation. */
export type ServiceNode = Libp2p<{ identify: Identify }>

/**
 * A libp2p node, not started, that gossips nothing: for one protocol between two strangers. Dials over TCP, WebSocket and relays.
 * @throws {UserError} usage BAD_ADDRESS.
 */
export async function createServiceNode(options: {
  readonly peerKey: PeerKey
  readonly listen: readonly string[]
  readonly announce: readonly string[]
  readonly gater: ConnectionGater
}): Promise<ServiceNode> {
  const { peerKey, listen, announce, gater } = options
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
    },
    services: { identify: identify() },
  }).catch((cause: unknown) => {
    throw badListenAddress(listen, cause)
  })
}
