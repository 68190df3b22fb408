import { type CircuitRelayService, circuitRelayServer } from '@libp2p/circuit-relay-v2'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { type Identify, identify } from '@libp2p/identify'
import type { Libp2p } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { tcp } from '@libp2p/tcp'
import { webSockets } from '@libp2p/websockets'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { limitConnections } from './connection-limits.ts'
import { MAX_DIALS_PER_SECOND, MAX_PENDING_CONNECTIONS, MAX_STREAM_WINDOW_BYTES } from './limits.ts'
import { badListenAddress, listenError } from './listen-error.ts'
import { RELAY_CONNECTIONS, RELAYED_STREAMS_PER_PEER } from './network-limits.ts'
import type { Relay, RelayDeps, RelayOptions } from './relay.ts'
import { createRelayGater, type RelayGuest } from './relay-gater.ts'

/** What a started relay can do; see Relay. */
export type RunningRelay = Pick<Relay, 'addresses' | 'placesTaken' | 'stop'>

type RelayNode = Libp2p<{ identify: Identify; relay: CircuitRelayService }>

/** Creates the libp2p node of a relay and listens. @throws {UserError} as Relay.start. */
export async function startRelay(options: RelayOptions, deps: RelayDeps): Promise<RunningRelay> {
  const node = await createRelayNode(options, deps)
  node.addEventListener('peer:connect', ({ detail }) => {
    deps.logger.debug({ peer: detail.toString() }, 'peer connected')
  })
  try {
    await node.start()
  } catch (cause) {
    await node.stop()
    throw listenError(options.listen, cause)
  }
  return {
    addresses: () => node.getMultiaddrs().map(String),
    placesTaken: () => node.services.relay.reservations.size,
    stop: async () => node.stop(),
  }
}

async function createRelayNode(options: RelayOptions, deps: RelayDeps): Promise<RelayNode> {
  const { peerKey, listen, announce = [], places, placesPerAddress, connectionLimits } = options
  const streams = RELAYED_STREAMS_PER_PEER
  const guests = (): readonly RelayGuest[] => guestsOf(node)
  const node: RelayNode = await createLibp2p({
    start: false,
    privateKey: await generateKeyPairFromSeed('Ed25519', peerKey.exportSeed()),
    addresses: { listen: [...listen], announce: [...announce] },
    transports: [tcp(), webSockets()],
    connectionEncrypters: [noise()],
    streamMuxers: [
      yamux({
        maxInboundStreams: streams,
        maxOutboundStreams: streams,
        streamOptions: { maxStreamWindowSize: MAX_STREAM_WINDOW_BYTES },
      }),
    ],
    connectionGater: createRelayGater({ ...deps, placesPerAddress, guests }),
    ...(connectionLimits === undefined
      ? {}
      : { connectionProtector: () => limitConnections(connectionLimits) }),
    connectionManager: {
      maxConnections: RELAY_CONNECTIONS,
      inboundConnectionThreshold: MAX_DIALS_PER_SECOND,
      maxIncomingPendingConnections: MAX_PENDING_CONNECTIONS,
    },
    services: {
      identify: identify(),
      relay: circuitRelayServer({
        maxInboundHopStreams: streams,
        maxOutboundHopStreams: streams,
        maxOutboundStopStreams: streams,
        reservations: { maxReservations: places, applyDefaultLimit: false },
      }),
    },
  }).catch((cause: unknown) => {
    throw badListenAddress(listen, cause)
  })
  return node
}

function guestsOf(node: RelayNode): readonly RelayGuest[] {
  const connected = node
    .getConnections()
    .map(({ remotePeer, remoteAddr }) => ({ peer: remotePeer, address: remoteAddr }))
  // A place is kept for a while after its peer has gone.
  const { reservations } = node.services.relay
  const placed = [...reservations.entries()].map(([peer, { addr }]) => ({ peer, address: addr }))
  return [...connected, ...placed]
}
