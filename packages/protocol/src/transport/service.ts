import type { PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import type { PeerKey } from '../peer-key.ts'
import type { RunningService } from './start-service.ts'
import { TransportError } from './transport-error.ts'

/** What a service is, and what one stranger may take of it. */
export type ServiceOptions = {
  readonly peerKey: PeerKey
  /** Multiaddrs, TCP or WebSocket. */
  readonly listen: readonly string[]
  /** Multiaddrs to tell others instead of those that are listened on. */
  readonly announce?: readonly string[]
  /** Libp2p protocol id of its streams. */
  readonly protocol: string
  /** A longer request is refused before it is read (T8). */
  readonly maxRequestBytes: number
  /** Peers from one IPv4 address or IPv6 network of 64 bits at a time; loopback is not counted. */
  readonly peersPerAddress: number
}

export type ServiceDeps = {
  readonly logger: Logger
  /** The answer to one request, which is untrusted; a rejection ends the stream without one. */
  answer(request: Uint8Array, peer: PeerIdText): Promise<Uint8Array>
}

/** Answers anybody: one request and one answer for each stream. */
export type Service = {
  readonly peerId: PeerIdText
  /** Multiaddrs with /p2p/ suffix; valid after start. */
  addresses(): readonly string[]
  /** @throws {UserError} usage PORT_IN_USE, BAD_ADDRESS. */
  start(): Promise<void>
  /** Ends every connection; may be called more than once. */
  stop(): Promise<void>
}

/** A service for strangers: bounded by requests per second of a peer, streams of a peer, peers of an address, and bytes of a request. */
export function createService(options: ServiceOptions, deps: ServiceDeps): Service {
  let starting: Promise<RunningService> | undefined
  let running: RunningService | undefined
  return {
    peerId: options.peerKey.peerId,
    addresses() {
      if (running !== undefined) return running.addresses()
      throw new TransportError('the service is not running', { code: 'NOT_RUNNING' })
    },
    async start() {
      // As in a host: libp2p takes long to load.
      starting ??= import('./start-service.ts').then(({ startService }) =>
        startService(options, deps),
      )
      running = await starting
    },
    async stop() {
      const last = starting
      starting = undefined
      running = undefined
      // One that failed to start has nothing to stop; start() has told why.
      const service = await last?.catch(() => undefined)
      await service?.stop()
    },
  }
}
