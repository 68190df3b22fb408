import { setMaxListeners } from 'node:events'
import { peerIdFromString } from '@libp2p/peer-id'
import type { AddressText, PeerIdText } from '../ids.ts'
import type { Logger } from '../logger.ts'
import { encodeSignedMessage, signMessage } from '../messages/signed.ts'
import type { Message, SignedMessage } from '../messages/types.ts'
import type { PeerKey } from '../peer-key.ts'
import { createGater } from './gater.ts'
import { topicOf } from './gossip-options.ts'
import { createGossipValidator } from './gossip-validator.ts'
import type { HostContext } from './host-context.ts'
import { createLibp2pNode, type Libp2pNode, listenError } from './libp2p-node.ts'
import { CONNECT_TRIES, FETCH_TRIES, STALL_MS } from './limits.ts'
import { connectAll, fetchIntoStore, syncWith } from './outbound.ts'
import { waitUntilReady } from './readiness.ts'
import { createStanding, type Standing } from './standing.ts'
import { registerStreams } from './streams.ts'
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
  /** Unix ms, for the age of messages. @default Date.now */
  readonly clock?: () => number
}

/**
 * One peer of a federation on libp2p: TCP, noise, yamux; gossipsub for signed control messages, streams for blobs, sync and hello.
 * @see docs/PROTOCOL.md, "Transport"
 */
export function createHost(options: HostOptions, deps: HostDeps): Host {
  const { peerId } = options.peerKey
  const standing = createStanding()
  const traffic = { sentBytes: 0, receivedBytes: 0 }
  let running: Running | undefined

  function use(): HostContext {
    if (running !== undefined) return running.context
    throw new TransportError('the host is not running', { code: 'NOT_RUNNING' })
  }
  function penalize(peer: PeerIdText, code: string): void {
    // Once is enough in the log: what a banned peer had sent before may cost it further points.
    const isNews = !standing.isBanned(peer)
    standing.penalize(peer, code)
    const score = Math.round(standing.score(peer))
    if (isNews) deps.logger.info({ peer, code, score }, 'peer penalized')
    if (standing.isBanned(peer) && running !== undefined) hangUp(running.context.node, peer)
  }

  return {
    peerId,
    addresses: () => use().node.getMultiaddrs().map(String),
    async start() {
      running ??= await startHost({ options, deps, standing, traffic, penalize })
    },
    async stop() {
      const last = running
      running = undefined
      await last?.stop()
    },
    connect: (addresses) => connectAll(use(), addresses),
    isConnected: (peer) =>
      running !== undefined && connectionsOf(running.context.node, peer).length > 0,
    publish: (message) => publish(use(), message),
    fetchBlob: (ref, fetchOptions) => fetchIntoStore(use(), ref, fetchOptions),
    sync: (peer) => syncWith(use(), peer),
    penalize,
    traffic: () => ({ ...traffic }),
  }
}

type Running = { readonly context: HostContext; stop(): Promise<void> }

async function startHost(parts: {
  options: HostOptions
  deps: HostDeps
  standing: Standing
  traffic: HostContext['traffic']
  penalize: HostContext['penalize']
}): Promise<Running> {
  const { options, deps, standing, traffic, penalize } = parts
  const { peerKey, listen, announce = [], chainId, scenario, blobs } = options
  const topic = topicOf(chainId, scenario)
  const gater = createGater({
    rules: deps.rules,
    standing,
    countConnections: (peer) => node.getConnections(peer).length,
  })
  const node = await createLibp2pNode({ peerKey, listen, announce, topic, gater, standing })
  const stopping = new AbortController()
  // One listener per dial and transfer; they go when those end.
  setMaxListeners(0, stopping.signal)
  const context: HostContext = {
    node,
    topic,
    peerKey,
    scope: { chainId, scenario },
    blobs,
    rules: deps.rules,
    logger: deps.logger,
    clock: deps.clock ?? Date.now,
    stallMs: options.stallMs ?? STALL_MS,
    connectTries: options.connectTries ?? CONNECT_TRIES,
    fetchTries: options.fetchTries ?? FETCH_TRIES,
    signal: stopping.signal,
    traffic,
    penalize,
  }
  await listenAndSubscribe(context, listen)
  return {
    context,
    async stop() {
      stopping.abort(new TransportError('the host stopped', { code: 'NOT_RUNNING' }))
      await node.stop()
    },
  }
}

async function listenAndSubscribe(context: HostContext, listen: readonly string[]): Promise<void> {
  const { node, topic, peerKey, scope } = context
  const { gossip } = node.services
  const validator = createGossipValidator({ ...scope, self: peerKey.peerId }, context)
  gossip.topicValidators.set(topic, validator)
  await registerStreams(context)
  try {
    await node.start()
  } catch (cause) {
    await node.stop()
    throw listenError(listen, cause)
  }
  gossip.subscribe(topic)
}

async function publish<M extends Message>(
  context: HostContext,
  message: M,
): Promise<SignedMessage<M>> {
  const { node, topic, peerKey, logger, signal } = context
  const { gossip } = node.services
  const signed = signMessage(message, peerKey)
  await waitUntilReady({ gossip, topic, connections: () => node.getConnections(), signal })
  const { recipients } = await gossip.publish(topic, encodeSignedMessage(signed))
  const { type, round } = message
  if (recipients.length === 0) logger.warn({ type, round }, 'nobody hears this message yet')
  return signed
}

function connectionsOf(node: Libp2pNode, peer: PeerIdText) {
  return node.getConnections(peerIdFromString(peer))
}

function hangUp(node: Libp2pNode, peer: PeerIdText): void {
  for (const connection of connectionsOf(node, peer)) {
    connection.abort(new TransportError('out of standing', { code: 'BANNED' }))
  }
}
