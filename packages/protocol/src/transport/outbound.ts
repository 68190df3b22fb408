import { type Connection, KEEP_ALIVE } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import type { PeerIdText } from '../ids.ts'
import type { SignedMessage } from '../messages/types.ts'
import type { MemberAddresses } from './address-book.ts'
import { connectTo, type DialDeps, type DialTarget, parseTargets } from './dial.ts'
import { sayHello } from './hello.ts'
import type { HostContext } from './host-context.ts'
import { relayOf } from './known-relays.ts'
import { HELLO_PROTOCOL, SYNC_PROTOCOL } from './limits.ts'
import { NEIGHBOUR_DIAL_MS, PEERS_PROTOCOL } from './network-limits.ts'
import { readPeerRecords } from './peer-records.ts'
import { waitUntilMeshed } from './readiness.ts'
import { createStreamIo, type StreamIo } from './stream-io.ts'
import { readSync } from './sync-exchange.ts'
import { type RefusalReason, TransportError } from './transport-error.ts'
import { depthOfTeller, upToDepth } from './up-to-depth.ts'

/** See Host.connect. */
export async function connectAll(
  context: HostContext,
  addresses: readonly string[],
): Promise<void> {
  const { node, signal, connectTries } = context
  const dialDeps: DialDeps = {
    tries: connectTries,
    signal,
    dial: (target) => node.dial([...target.addresses], { signal }),
    greet: (connection) => greet(context, connection),
  }
  await Promise.all(
    parseTargets(addresses).map(async (target) => {
      await throughRelays(context, target, dialDeps)
      // Found again after a break without anybody asking.
      await node.peerStore.merge(peerIdFromString(target.peer), {
        tags: { [`${KEEP_ALIVE}-member`]: {} },
      })
    }),
  )
}

/** Dials a member that was only heard of, once. @throws {TransportError} UNREACHABLE, REFUSED, NOT_RUNNING. */
export async function dialHeardOf(
  context: HostContext,
  { addresses }: MemberAddresses,
): Promise<void> {
  const { node, signal } = context
  for (const target of parseTargets(addresses)) {
    const limit = AbortSignal.any([signal, AbortSignal.timeout(NEIGHBOUR_DIAL_MS)])
    await throughRelays(context, target, {
      tries: 1,
      signal,
      dial: () => node.dial([...target.addresses], { signal: limit }),
      greet: (connection) => greet(context, connection),
    })
  }
}

/** Connects, perhaps through relays that are heard of here; those that lead nowhere are forgotten, and not kept connected. */
async function throughRelays(
  { node, relays }: HostContext,
  target: DialTarget,
  deps: DialDeps,
): Promise<void> {
  const added = await relays.hear(target.addresses)
  try {
    await connectTo(target, deps)
  } catch (error) {
    const inUse = new Set(node.getConnections().map(({ remoteAddr }) => relayOf(remoteAddr)))
    for (const relay of added.filter((one) => !inUse.has(one))) {
      relays.forget(relay)
      await node.hangUp(peerIdFromString(relay)).catch(() => {})
    }
    throw error
  }
}

/**
 * Asks a connected peer for the signed addresses of the members that it is connected to; those that lie deeper in networks than the peer
 * itself are left out (T29). @throws {TransportError} SYNC_FAILED.
 */
export async function askPeers(
  context: HostContext,
  peer: PeerIdText,
): Promise<readonly MemberAddresses[]> {
  const told = await ask(context, { peer, protocol: PEERS_PROTOCOL, read: readPeerRecords })
  const limit = depthOfTeller(context.node.getConnections(peerIdFromString(peer)))
  return told.map((found) => ({ ...found, addresses: upToDepth(found.addresses, limit) }))
}

/** See Host.sync. */
export async function syncWith(
  context: HostContext,
  peer: PeerIdText,
): Promise<readonly SignedMessage[]> {
  return ask(context, {
    peer,
    protocol: SYNC_PROTOCOL,
    read: (io) => readSync(io, { self: context.peerKey.peerId, peer }, context.scope),
  })
}

/** Opens a stream on which only the other side speaks, and reads it to its end. */
async function ask<T>(
  context: HostContext,
  question: {
    readonly peer: PeerIdText
    readonly protocol: string
    read(io: StreamIo): Promise<T>
  },
): Promise<T> {
  const { peer, protocol, read } = question
  let io: StreamIo | undefined
  try {
    const stream = await openStream(context, { peer, protocol, signal: context.signal })
    io = stream
    const answer = await read(stream)
    // Everything is here: how the stream ends does not matter any more.
    stream.close().catch((error: Error) => stream.abort(error))
    return answer
  } catch (cause) {
    if (cause instanceof Error) io?.abort(cause)
    const code = cause instanceof TransportError ? cause.code : 'BROKEN'
    if (code === 'BAD_FRAME') context.penalize(peer, code)
    const info = { code: 'SYNC_FAILED', peer } as const
    throw new TransportError(`${peer} did not answer ${protocol} (${code})`, info, { cause })
  }
}

async function greet(
  context: HostContext,
  connection: Connection,
): Promise<RefusalReason | undefined> {
  const { node, topic, signal } = context
  const refusal = await exchangeHello(context, connection)
  if (refusal !== undefined) {
    await connection.close()
    return refusal
  }
  const { gossip } = node.services
  await waitUntilMeshed({ gossip, topic, peer: connection.remotePeer, signal })
  // The answer to a second hello comes after the peer has read what gossipsub sent before: now it has us in its mesh, too.
  return exchangeHello(context, connection)
}

async function exchangeHello(
  context: HostContext,
  connection: Connection,
): Promise<RefusalReason | undefined> {
  const stream = await connection.newStream(HELLO_PROTOCOL, { signal: context.signal })
  return sayHello(createStreamIo(stream, context), context.scope)
}

/** Opens a stream to a peer, dialling it when its address is known. */
export async function openStream(
  context: HostContext,
  options: { peer: PeerIdText; protocol: string; signal: AbortSignal },
): Promise<StreamIo> {
  const { peer, protocol, signal } = options
  const stream = await context.node.dialProtocol(peerIdFromString(peer), protocol, { signal })
  return createStreamIo(stream, context)
}
