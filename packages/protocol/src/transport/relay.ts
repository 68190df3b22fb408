import type { PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { PeerKey } from '../peer-key.ts'
import type { ConnectionLimits } from './connection-limits.ts'
import type { RunningRelay } from './start-relay.ts'
import { TransportError } from './transport-error.ts'

export type RelayOptions = {
  readonly peerKey: PeerKey
  /** Multiaddrs, TCP or WebSocket. */
  readonly listen: readonly string[]
  /** Multiaddrs to tell others instead of those that are listened on. */
  readonly announce?: readonly string[]
  /** Peers that may keep a place at a time. */
  readonly places: number
  /** Of those, and of connections, so many from one IPv4 address or IPv6 network of 64 bits; loopback is not counted, nor is anybody of a relay for members. */
  readonly placesPerAddress: number
  /** What one connection of a peer with the relay may use up. @default nothing ends it */
  readonly connectionLimits?: ConnectionLimits
}

export type RelayDeps = {
  readonly logger: Logger
  /** Whom the relay is for; a rejection lets nobody in. @default everybody */
  isMember?(peer: PeerIdText): boolean | Promise<boolean>
}

/** Carries connections between peers that cannot reach each other (libp2p circuit relay v2). It sees who talks to whom and how much, never what. */
export type Relay = {
  readonly peerId: PeerIdText
  /** Multiaddrs with /p2p/ suffix; valid after start. */
  addresses(): readonly string[]
  /** Peers that keep a place now. */
  placesTaken(): number
  /** @throws {UserError} usage PORT_IN_USE, BAD_ADDRESS. */
  start(): Promise<void>
  /** Ends every connection; may be called more than once. */
  stop(): Promise<void>
}

/**
 * A relay for members, or for anybody: then what bounds it is how many peers, connections and streams it takes, altogether and from one
 * address, and what each connection may use up; models that are cut short go on where they were.
 */
export function createRelay(options: RelayOptions, deps: RelayDeps): Relay {
  let starting: Promise<RunningRelay> | undefined
  let running: RunningRelay | undefined

  function use(): RunningRelay {
    if (running !== undefined) return running
    throw new TransportError('the relay is not running', { code: 'NOT_RUNNING' })
  }
  return {
    peerId: options.peerKey.peerId,
    addresses: () => use().addresses(),
    placesTaken: () => use().placesTaken(),
    async start() {
      // As in a host: libp2p takes long to load.
      starting ??= import('./start-relay.ts').then(({ startRelay }) => startRelay(options, deps))
      running = await starting
    },
    async stop() {
      const last = starting
      starting = undefined
      running = undefined
      // One that failed to start has nothing to stop; start() has told why.
      const relay = await last?.catch(() => undefined)
      await relay?.stop()
    },
  }
}
