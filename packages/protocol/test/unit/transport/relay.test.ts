import { networkInterfaces } from 'node:os'
import { circuitRelayServer, RELAY_V2_HOP_CODEC } from '@libp2p/circuit-relay-v2'
import { type GossipSub, gossipsub } from '@libp2p/gossipsub'
import { type Identify, identify } from '@libp2p/identify'
import type { Connection, Libp2p, Stream } from '@libp2p/interface'
import { noise } from '@libp2p/noise'
import { peerIdFromString } from '@libp2p/peer-id'
import { tcp } from '@libp2p/tcp'
import { yamux } from '@libp2p/yamux'
import { createLibp2p } from 'libp2p'
import { describe, expect, it } from 'vitest'
import { encodeCanonical } from '../../../src/codec/canonical.ts'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import { silentLogger } from '../../../src/logger.ts'
import { encodeSignedMessage, signMessage } from '../../../src/messages/signed.ts'
import { gossipOptions } from '../../../src/transport/gossip-options.ts'
import { BLOB_PROTOCOL, SYNC_PROTOCOL } from '../../../src/transport/limits.ts'
import { PEERS_PROTOCOL } from '../../../src/transport/network-limits.ts'
import { createRelay, type Relay } from '../../../src/transport/relay.ts'
import { createStreamIo } from '../../../src/transport/stream-io.ts'
import { TOPIC } from './raw-peer.ts'
import { seededBytes } from './seeded-bytes.ts'
import {
  createTestHost,
  peerKeyOf,
  roundOpen,
  stopLater,
  type TestHost,
  until,
} from './test-hosts.ts'

/** An address of this machine that is not loopback, where it has one. */
const OUTER_IP = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address

async function startRelay(listen = '/ip4/127.0.0.1/tcp/0', places = 16): Promise<Relay> {
  const relay = createRelay(
    { peerKey: peerKeyOf('relay'), listen: [listen], places, placesPerAddress: 8 },
    { logger: silentLogger },
  )
  stopLater(relay)
  await relay.start()
  return relay
}

/** Members that listen nowhere and have a place at the relay. */
async function startHidden(
  names: readonly string[],
  relay: Pick<Relay, 'addresses'>,
): Promise<TestHost[]> {
  const hosts = names.map((name) =>
    createTestHost(name, { listen: [], relays: [...relay.addresses()] }),
  )
  for (const { members } of hosts) for (const { key } of hosts) members.add(key.peerId)
  await Promise.all(hosts.map(({ host }) => host.start()))
  for (const { host } of hosts) await until('a place', () => host.addresses().length > 0)
  return hosts
}

async function startTwo(relay: Pick<Relay, 'addresses'>): Promise<readonly [TestHost, TestHost]> {
  const [a, b] = await startHidden(['a', 'b'], relay)
  if (a === undefined || b === undefined) throw new RangeError('two hosts')
  return [a, b]
}

/** When the connection with the relay began. */
function sinceOf({ host }: TestHost): number | undefined {
  return host.connections().find(({ role }) => role === 'relay')?.since
}

describe('a relay', () => {
  it('carries messages and blobs between two members that listen nowhere', async () => {
    const relay = await startRelay()
    const [a, b] = await startTwo(relay)
    expect(a.address()).toContain(`/p2p/${relay.peerId}/p2p-circuit/p2p/${a.key.peerId}`)
    await b.host.connect([a.address()])
    await a.host.publish(roundOpen())
    await until('delivery', () => b.heard.length === 1)

    const bytes = seededBytes(20 * BLOB_CHUNK_BYTES + 1, 3)
    const ref = await a.blobs.put(bytes)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(Buffer.from(await b.blobs.get(ref.cid)).equals(bytes)).toBe(true)
    expect(b.host.connections().map(({ role, transport }) => `${role} ${transport}`)).toEqual(
      expect.arrayContaining(['relay tcp', 'member relay']),
    )
    expect(b.host.connectedMembers()).toEqual([a.key.peerId])
  })

  it('T1 a stranger that comes through it reaches no member', async () => {
    const relay = await startRelay()
    const [a, b] = await startTwo(relay)
    a.members.delete(b.key.peerId)
    await expect(b.host.connect([a.address()])).rejects.toMatchObject({
      code: expect.stringMatching(/UNREACHABLE|REFUSED/),
    })
    expect(a.host.connectedMembers()).toEqual([])
  })

  it('has as many places as it says', async () => {
    const relay = await startRelay('/ip4/127.0.0.1/tcp/0', 1)
    const [a] = await startHidden(['a'], relay)
    const late = createTestHost('late', { listen: [], relays: [...relay.addresses()] })
    await late.host.start()
    await until('a connection', () => late.host.connections().length > 0)
    expect(relay.placesTaken()).toBe(1)
    expect(a?.host.addresses()).toHaveLength(1)
    expect(late.host.addresses()).toEqual([])
  })

  it.skipIf(OUTER_IP === undefined)('T6: has so many places for one address', async () => {
    const refused: object[] = []
    const relay = createRelay(
      {
        peerKey: peerKeyOf('relay'),
        listen: [`/ip4/${OUTER_IP}/tcp/0`],
        places: 16,
        placesPerAddress: 1,
      },
      { logger: { ...silentLogger, info: (fields) => refused.push(fields) } },
    )
    stopLater(relay)
    await relay.start()
    const [a] = await startHidden(['a'], relay)
    const late = createTestHost('late', { listen: [], relays: [...relay.addresses()] })
    await late.host.start()
    await until('a refusal', () => refused.length > 0)
    expect(refused[0]).toEqual({ peer: late.key.peerId, code: 'TOO_MANY_OF_ADDRESS' })
    expect(a?.host.addresses()).toHaveLength(1)
    expect(late.host.addresses()).toEqual([])
    expect(relay.placesTaken()).toBe(1)
  })

  it('T6: for members takes nobody else, and no limit of one address holds for them', async () => {
    const guests = new Set<string>([peerKeyOf('a').peerId, peerKeyOf('b').peerId])
    const refused: object[] = []
    const relay = createRelay(
      {
        peerKey: peerKeyOf('relay'),
        listen: [`/ip4/${OUTER_IP ?? '127.0.0.1'}/tcp/0`],
        places: 16,
        placesPerAddress: 1,
      },
      {
        logger: { ...silentLogger, info: (fields) => refused.push(fields) },
        isMember: (peer) => guests.has(peer),
      },
    )
    stopLater(relay)
    await relay.start()
    const [a, b] = await startTwo(relay)
    const stranger = createTestHost('stranger', { listen: [], relays: [...relay.addresses()] })
    await stranger.host.start()
    await until('a refusal', () => refused.length > 0)
    expect(refused[0]).toEqual({ peer: stranger.key.peerId, code: 'NOT_MEMBER' })
    expect(stranger.host.addresses()).toEqual([])
    await b.host.connect([a.address()])
    expect(relay.placesTaken()).toBe(2)
  })

  it.each([
    ['was sent so much', { bytes: 100_000, ms: 600_000 }],
    ['is so old', { bytes: 1e9, ms: 700 }],
  ])('T6: ends a connection that %s, and takes its peer again', async (_when, limits) => {
    const relay = createRelay(
      {
        peerKey: peerKeyOf('relay'),
        listen: ['/ip4/127.0.0.1/tcp/0'],
        places: 16,
        placesPerAddress: 8,
        connectionLimits: limits,
      },
      { logger: silentLogger },
    )
    stopLater(relay)
    await relay.start()
    const [a, b] = await startTwo(relay)
    const first = sinceOf(b)
    await b.host.connect([a.address()])
    const ref = await a.blobs.put(seededBytes(200_000, 4))
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] }).catch(() => {})
    await until('another connection', () => (sinceOf(b) ?? first) !== first)
    await until('a place again', () => b.host.addresses().length > 0)
  })

  it('is found again by its members after a restart', async () => {
    const relay = await startRelay()
    const [a, b] = await startTwo(relay)
    const port = /tcp\/(\d+)/.exec(relay.addresses()[0] ?? '')?.[1]
    await relay.stop()
    await until('no place', () => a.host.addresses().length === 0)
    await startRelay(`/ip4/127.0.0.1/tcp/${port}`)
    await until('a place again', () => a.host.addresses().length > 0)
    await until('a connection', () => {
      void b.host.connect([a.address()]).catch(() => {})
      return b.host.isConnected(a.key.peerId)
    })
  })

  it('is reached over WebSocket, too', async () => {
    const relay = await startRelay('/ip4/127.0.0.1/tcp/0/ws')
    const [a, b] = await startTwo(relay)
    await b.host.connect([a.address()])
    expect(b.host.connections().map(({ transport }) => transport)).toEqual(
      expect.arrayContaining(['websocket', 'relay']),
    )
  })
})

describe('a hostile relay', () => {
  it('T12 sees no plaintext, and what it alters ends the connection', async () => {
    const relay = await startHostileRelay()
    const [a, b] = await startTwo(relay)
    await b.host.connect([a.address()])
    const secret = Buffer.from('diagnosis of patient 17: '.repeat(2_000))
    const ref = await a.blobs.put(secret)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    const seen = Buffer.concat(relay.seen)
    expect(seen.length).toBeGreaterThan(secret.length)
    expect(seen.includes('diagnosis of patient')).toBe(false)

    const other = await a.blobs.put(Buffer.from('another one'.repeat(5_000)))
    relay.alter()
    await expect(b.host.fetchBlob(other, { peers: [a.key.peerId] })).rejects.toMatchObject({
      code: 'BLOB_UNAVAILABLE',
    })
    expect(await b.blobs.has(other.cid)).toBe(false)
  })

  it('T12 T10 is no member: it gets neither a stream nor a blob of those that it carries', async () => {
    const relay = await startHostileRelay()
    const [a] = await startTwo(relay)
    const ref = await a.blobs.put(Buffer.from('an update'))
    const [connection] = relay.node.getConnections(peerIdFromString(a.key.peerId))
    for (const protocol of [BLOB_PROTOCOL, SYNC_PROTOCOL, PEERS_PROTOCOL]) {
      const stream = await connection?.newStream(protocol)
      if (stream === undefined) throw new RangeError('no connection')
      const io = createStreamIo(stream, { stallMs: 5_000 })
      const answer = io
        .writeFrame(encodeCanonical({ cid: ref.cid, size: ref.size }))
        .then(() => io.readFrame(1_000))
      await expect(answer).rejects.toMatchObject({ code: 'CUT_SHORT' })
    }
    expect(a.host.traffic().sentBytes).toBe(0)
  })

  it('T1 T12 hears no gossip though it asks for it, and says nothing by it', async () => {
    const relay = await startHostileRelay()
    const [a, b] = await startTwo(relay)
    const { gossip } = relay.node.services
    const overheard: string[] = []
    gossip.addEventListener('gossipsub:message', ({ detail }) => overheard.push(detail.msgId))
    gossip.subscribe(TOPIC)
    await b.host.connect([a.address()])
    // Long enough for subscriptions, and for a heartbeat that would take it into a mesh.
    await until('a subscriber', () => gossip.getSubscribers(TOPIC).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 1_000))
    for (const round of [1, 2, 3]) await a.host.publish(roundOpen({ round }))
    await until('delivery', () => b.heard.length === 3)
    const { peerId } = peerKeyOf('friend')
    for (const { members } of [a, b]) members.add(peerId)
    const forged = signMessage(roundOpen({ round: 9 }), peerKeyOf('friend'))
    await gossip.publish(TOPIC, encodeSignedMessage(forged))
    await a.host.publish(roundOpen({ round: 4 }))
    await until('the last', () => b.heard.length >= 4)
    expect(overheard).toEqual([])
    expect(b.heard.map(({ sender }) => sender)).not.toContain(peerId)
  })
})

type HostileRelay = {
  readonly node: Libp2p<{ gossip: GossipSub; identify: Identify }>
  /** What it passed on to who dialled through it. */
  readonly seen: Uint8Array[]
  addresses(): readonly string[]
  /** From now on one bit of everything is another. */
  alter(): void
}

async function startHostileRelay(): Promise<HostileRelay> {
  const node = await createLibp2p({
    start: false,
    addresses: { listen: ['/ip4/127.0.0.1/tcp/0'] },
    transports: [tcp()],
    connectionEncrypters: [noise()],
    streamMuxers: [yamux()],
    services: {
      identify: identify(),
      gossip: gossipsub(gossipOptions(TOPIC, () => 0)),
      relay: circuitRelayServer({ reservations: { applyDefaultLimit: false } }),
    },
  })
  const seen: Uint8Array[] = []
  let isAltering = false
  tapHops(node, (bytes) => {
    seen.push(bytes.slice())
    const last = bytes.length - 1
    if (isAltering) bytes[last] = (bytes[last] ?? 0) ^ 1
    return bytes
  })
  stopLater(node)
  await node.start()
  return {
    node,
    seen,
    addresses: () => node.getMultiaddrs().map(String),
    alter: () => {
      isAltering = true
    },
  }
}

/** Puts `change` between the relay and the streams of those who dial through it. */
function tapHops(node: Libp2p, change: (bytes: Uint8Array) => Uint8Array): void {
  // A public field of the class that the package's type leaves out.
  const { registrar } = (node as unknown as { components: { registrar: Registrar } }).components
  const tap: Middleware = (stream, connection, next) => {
    const send = stream.send.bind(stream)
    stream.send = (data) => send(change(data.slice()))
    next(stream, connection)
  }
  // A new array for every stream: libp2p adds the handler to the one that it gets.
  registrar.getMiddleware = (protocol) => (protocol === RELAY_V2_HOP_CODEC ? [tap] : [])
}

type Middleware = (
  stream: Stream,
  connection: Connection,
  next: (stream: Stream, connection: Connection) => void,
) => void

type Registrar = { getMiddleware(protocol: string): Middleware[] }
