import { setMaxListeners } from 'node:events'
import { peerIdFromString } from '@libp2p/peer-id'
import type { PeerIdText } from '../ids.ts'
import { encodeSignedMessage, signMessage } from '../messages/signed.ts'
import type { Message, SignedMessage } from '../messages/types.ts'
import { type AddressBook, createAddressBook } from './address-book.ts'
import { createAddressFilter } from './address-filter.ts'
import { connectedMembers } from './connected-members.ts'
import { departureOf } from './departure.ts'
import { parseTargets } from './dial.ts'
import { fetchIntoStore } from './fetch-into-store.ts'
import { createGater } from './gater.ts'
import { topicOf } from './gossip-options.ts'
import { keepGossiping } from './gossip-repair.ts'
import { createGossipValidator } from './gossip-validator.ts'
import type { HostDeps, HostOptions } from './host.ts'
import type { HostContext } from './host-context.ts'
import { keepRelays } from './keep-relays.ts'
import { createKnownRelays } from './known-relays.ts'
import { createLibp2pNode, type Libp2pNode } from './libp2p-node.ts'
import { CONNECT_TRIES, FETCH_TRIES, STALL_MS } from './limits.ts'
import { listenError } from './listen-error.ts'
import { keepNeighbours } from './neighbours.ts'
import { askPeers, connectAll, dialHeardOf, syncWith } from './outbound.ts'
import { describeConnection } from './peer-connection.ts'
import { waitUntilReady } from './readiness.ts'
import { BAN_POINTS, type Standing } from './standing.ts'
import { registerStreams } from './streams.ts'
import { TransportError } from './transport-error.ts'
import type { Host } from './types.ts'
import { waitForPlace } from './wait-for-place.ts'

/** What a started host can do; see Host. */
export type RunningHost = Pick<
  Host,
  | 'addresses'
  | 'addressesOf'
  | 'connect'
  | 'connectedMembers'
  | 'connections'
  | 'fetchBlob'
  | 'isConnected'
  | 'publish'
  | 'stop'
  | 'sync'
> & {
  /** Ends every connection with this peer. */
  hangUp(peer: PeerIdText): void
}

/** What the host has from its creation to its end. */
export type HostParts = {
  readonly options: HostOptions
  readonly deps: HostDeps
  readonly standing: Standing
  readonly traffic: HostContext['traffic']
  readonly penalize: HostContext['penalize']
}

/** Creates the libp2p node of a host, registers what it answers, listens and subscribes. @throws {UserError} as Host.start. */
export async function startHost(parts: HostParts): Promise<RunningHost> {
  const stopping = new AbortController()
  // One listener per dial and transfer; they go when those end.
  setMaxListeners(0, stopping.signal)
  const book = createAddressBook(parts.deps.rules.isMember)
  const context = await createContext(parts, { signal: stopping.signal, book })
  await listenAndSubscribe(context, parts.options.listen)
  keepReachable(context, parts.options, book)
  if ((parts.options.relays ?? []).length > 0) await waitForPlace(context)
  const { node, relays } = context
  return {
    addresses: () => node.getMultiaddrs().map(String),
    addressesOf: (peer) => book.get(peer)?.addresses ?? [],
    connectedMembers: () => connectedMembers(context),
    connections: () =>
      node.getConnections().map((connection) => describeConnection(connection, relays)),
    connect: (addresses) => connectAll(context, addresses),
    isConnected: (peer) => connectionsOf(node, peer).length > 0,
    publish: (message) => publish(context, message),
    fetchBlob: (ref, options) => fetchIntoStore(context, ref, options),
    sync: (peer) => syncWith(context, peer),
    hangUp: (peer) => hangUp(node, peer),
    async stop() {
      stopping.abort(new TransportError('the host stopped', { code: 'NOT_RUNNING' }))
      await node.stop()
    },
  }
}

async function createContext(
  parts: HostParts,
  { signal, book }: { readonly signal: AbortSignal; readonly book: AddressBook },
): Promise<HostContext> {
  const { options, deps, standing, traffic, penalize } = parts
  const { peerKey, chainId, scenario, blobs, localDiscovery } = options
  const topic = topicOf(chainId, scenario)
  const relays = createKnownRelays(deps.rules.isMember)
  for (const { peer } of parseTargets(options.relays ?? [])) relays.trust(peer)
  const gater = createGater({
    rules: deps.rules,
    standing,
    logger: deps.logger,
    relays,
    countConnections: (peer) => node.getConnections(peer).length,
  })
  const addressFilter = createAddressFilter({
    self: peerKey.peerId,
    connectionsOf: (peer) => node.getConnections(peer),
  })
  const node = await createLibp2pNode({
    peerKey,
    ...addressesFor(options),
    topic,
    gater: { ...gater, ...addressFilter },
    // A relay is no member: gossip neither goes to it nor is taken from it (T12).
    scoreOf: (peer) => (relays.has(peer) ? -BAN_POINTS : standing.score(peer)),
    ...(localDiscovery === true ? { onFound: (found) => void book.add(found) } : {}),
  })
  return {
    node,
    topic,
    peerKey,
    scope: { chainId, scenario },
    blobs,
    transfers: new Map(),
    fetching: new Map(),
    relays,
    rules: deps.rules,
    logger: deps.logger,
    onDeparture: deps.onDeparture ?? (async () => {}),
    clock: deps.clock ?? Date.now,
    stallMs: options.stallMs ?? STALL_MS,
    connectTries: options.connectTries ?? CONNECT_TRIES,
    fetchTries: options.fetchTries ?? FETCH_TRIES,
    signal,
    traffic,
    penalize,
  }
}

/** A place at every relay is listened on; addresses that are announced instead of the own ones name the relays, too. */
function addressesFor({ listen, announce = [], relays = [] }: HostOptions) {
  const throughRelays = relays.map((relay) => `${relay}/p2p-circuit`)
  return {
    listen: [...listen, ...relays.map(() => '/p2p-circuit')],
    announce: announce.length === 0 ? [] : [...announce, ...throughRelays],
  }
}

/** What runs until the host stops: gossip streams to everybody, places at relays, neighbours. */
function keepReachable(context: HostContext, options: HostOptions, book: AddressBook): void {
  const { node, relays, signal, logger, peerKey } = context
  const { neighbours: count = 0 } = options
  keepGossiping({ node, signal, isMember: (peer) => !relays.has(peer) })
  void keepRelays(parseTargets(options.relays ?? []), context)
  if (count === 0) return
  void keepNeighbours(
    { self: peerKey.peerId, count, signal },
    {
      logger,
      book,
      connectedMembers: () => connectedMembers(context),
      askPeers: (peer) => askPeers(context, peer),
      dial: (target) => dialHeardOf(context, target),
    },
  )
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
  const { node, topic, peerKey, relays, logger, signal, onDeparture } = context
  const { gossip } = node.services
  const signed = signMessage(message, peerKey)
  const connections = () =>
    node.getConnections().filter(({ remotePeer }) => !relays.has(remotePeer))
  await waitUntilReady({ gossip, topic, connections, signal })
  await onDeparture(departureOf(signed, 'members'))
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
