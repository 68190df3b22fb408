import { setTimeout as sleep } from 'node:timers/promises'
import { FedError, type Host, type Logger } from '@fednode/protocol'

/** How often a node that is alone looks for others, in ms. */
const LOOK_INTERVAL_MS = 1_000

/** A node that plays what its chain orders, round by round. */
export type VotingNode = {
  /** Resolves when it listens. @throws {UserError} PORT_IN_USE. */
  start(): Promise<void>
  /** Resolves when all rounds are over, or after stop(). Rejects when the node cannot go on: its stake is gone, or it has left. */
  readonly done: Promise<void>
  /** Idempotent; nothing is lost, a new start continues the round. */
  stop(): Promise<void>
}

/** What a node is made of. */
export type VotingNodeParts = {
  readonly host: Host
  /** Members to begin with: multiaddrs with /p2p/ suffix. */
  readonly bootstrap: readonly string[]
  readonly logger: Logger
  /** Before it listens. */
  prepare?(): void
  onEvent(event: {
    readonly type: 'listening'
    readonly peerId: string
    readonly addresses: readonly string[]
  }): void
  /** Plays until all is over or `controller` aborts. */
  play(): Promise<void>
  /** Its signal stops all that the node does. */
  readonly controller: AbortController
}

/** A node that listens, stays connected to others, and plays. */
export function createVotingNode(parts: VotingNodeParts): VotingNode {
  const { host, controller } = parts
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  // Whoever awaits `done` sees the failure; until then it is not an unhandled one.
  promise.catch(() => {})
  return {
    done: promise,
    async start() {
      parts.prepare?.()
      await host.start()
      const { peerId } = host
      parts.onEvent({ type: 'listening', peerId, addresses: host.addresses() })
      void stayConnected(parts)
      void parts.play().then(resolve, reject)
    },
    async stop() {
      controller.abort()
      await host.stop()
    },
  }
}

/** The host finds the others by itself once it knows one. */
async function stayConnected({ host, bootstrap, logger, controller }: VotingNodeParts) {
  const { signal } = controller
  let isSaid = false
  while (!signal.aborted) {
    if (host.connectedMembers().length === 0 && bootstrap.length > 0) {
      try {
        await host.connect(bootstrap)
      } catch (error) {
        if (!(error instanceof FedError)) throw error
        if (!isSaid) logger.warn({ code: error.code }, 'no member was reached: trying again')
        isSaid = true
      }
    }
    await sleep(LOOK_INTERVAL_MS, undefined, { signal }).catch(() => {})
  }
}
