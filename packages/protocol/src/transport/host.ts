import type { AddressText, PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { PeerKey } from '../peer-key.ts'
import type { OnDeparture } from './departure.ts'
import { createStanding } from './standing.ts'
import type { HostParts, RunningHost } from './start-host.ts'
import { TransportError } from './transport-error.ts'
import type { BlobStore, Host, HostRules } from './types.ts'

export type HostOptions = {
  readonly peerKey: PeerKey
  /** Multiaddrs, for example /ip4/127.0.0.1/tcp/0; empty: dials only. */
  readonly listen: readonly string[]
  /** Multiaddrs to tell others instead of those that are listened on (behind NAT, in a container). */
  readonly announce?: readonly string[]
  readonly chainId: number
  readonly scenario: AddressText
  readonly blobs: BlobStore
  /** Relays at which this host keeps a place, so that members behind a firewall reach it: multiaddrs with /p2p/ suffix. */
  readonly relays?: readonly string[]
  /** Other members that it looks for and stays connected to. @default 0: only those of connect(), and whoever dials */
  readonly neighbours?: number
  /** Looks for members on the local network (multicast DNS) and answers others who look. @default false */
  readonly localDiscovery?: boolean
  /** @default STALL_MS */
  readonly stallMs?: number
  /** Tries of connect() per peer. @default CONNECT_TRIES */
  readonly connectTries?: number
  /** Rounds of fetchBlob() over all providers without progress. @default FETCH_TRIES */
  readonly fetchTries?: number
}

export type HostDeps = {
  readonly rules: HostRules
  readonly logger: Logger
  /** Told of everything of our own that leaves, see OnDeparture. @default nobody is told */
  readonly onDeparture?: OnDeparture
  /** Unix ms, for the age of messages. @default Date.now */
  readonly clock?: () => number
}

/**
 * One peer of a federation on libp2p: TCP, WebSocket or a relay, noise, yamux; gossipsub for signed control messages, streams for blobs, sync and hello.
 * @see docs/PROTOCOL.md, "Transport"
 */
export function createHost(options: HostOptions, deps: HostDeps): Host {
  const { peerId } = options.peerKey
  const standing = createStanding()
  const traffic = { sentBytes: 0, receivedBytes: 0 }
  let starting: Promise<RunningHost> | undefined
  let running: RunningHost | undefined

  function use(): RunningHost {
    if (running !== undefined) return running
    throw new TransportError('the host is not running', { code: 'NOT_RUNNING' })
  }
  function penalize(peer: PeerIdText, code: string): void {
    // Once is enough in the log: what a banned peer had sent before may cost it further points.
    const isNews = !standing.isBanned(peer)
    standing.penalize(peer, code)
    const score = Math.round(standing.score(peer))
    if (isNews) deps.logger.info({ peer, code, score }, 'peer penalized')
    if (standing.isBanned(peer)) running?.hangUp(peer)
  }

  return {
    peerId,
    addresses: () => use().addresses(),
    async start() {
      starting ??= load({ options, deps, standing, traffic, penalize })
      const mine = starting
      const host = await mine.catch((error: unknown) => {
        if (starting === mine) starting = undefined
        throw error
      })
      // Else stop() came first, and ends it.
      if (starting === mine) running = host
    },
    async stop() {
      const last = starting
      starting = undefined
      running = undefined
      // One that failed to start has nothing to stop; start() has told why.
      const host = await last?.catch(() => undefined)
      await host?.stop()
    },
    connect: (addresses) => use().connect(addresses),
    isConnected: (peer) => running?.isConnected(peer) ?? false,
    connectedMembers: () => running?.connectedMembers() ?? [],
    connections: () => running?.connections() ?? [],
    addressesOf: (peer) => running?.addressesOf(peer) ?? [],
    publish: (message) => use().publish(message),
    fetchBlob: (ref, fetchOptions) => use().fetchBlob(ref, fetchOptions),
    sync: (peer) => use().sync(peer),
    penalize,
    traffic: () => ({ ...traffic }),
  }
}

/** libp2p takes longer to load than all the rest of a command, and most commands open no connection. */
async function load(parts: HostParts): Promise<RunningHost> {
  const { startHost } = await import('./start-host.ts')
  return startHost(parts)
}
