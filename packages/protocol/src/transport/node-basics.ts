import { circuitRelayTransport } from '@libp2p/circuit-relay-v2'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import type { ConnectionGater } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import type { PeerKey } from '../peer-key.ts'
import {
  MAX_CONNECTIONS,
  MAX_DIALS_PER_SECOND,
  MAX_PENDING_CONNECTIONS,
  MAX_STREAM_WINDOW_BYTES,
  MAX_STREAMS_PER_CONNECTION,
} from './limits.ts'

/** Who a libp2p node is, where it listens, and whom it lets in. */
export type NodeBasics = {
  readonly peerKey: PeerKey
  readonly listen: readonly string[]
  readonly announce: readonly string[]
  readonly gater: ConnectionGater
}

/** What every libp2p node has that dials: it is not started, speaks over TCP, WebSocket and relays, and bounds connections and streams. */
export async function nodeBasics({ peerKey, listen, announce, gater }: NodeBasics) {
  return {
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
  }
}
