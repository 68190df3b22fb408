import type { MultiaddrConnection } from '@libp2p/interface'
import { peerIdFromString } from '@libp2p/peer-id'
import { describe, expect, it } from 'vitest'
import { createGater } from '../../../src/transport/gater.ts'
import {
  BLOB_PROTOCOL,
  HELLO_PROTOCOL,
  LOGGED_STRANGERS,
  MAX_CONNECTIONS_PER_PEER,
  SYNC_PROTOCOL,
} from '../../../src/transport/limits.ts'
import { PEERS_PROTOCOL } from '../../../src/transport/network-limits.ts'
import { TransportError } from '../../../src/transport/transport-error.ts'
import { startRawPeer } from './raw-peer.ts'
import {
  CHAIN_ID,
  createTestHost,
  peerKeyOf,
  startHosts,
  startPair,
  stopLater,
  type TestHost,
  until,
} from './test-hosts.ts'

// The gater does not look at it.
const CONNECTION = {} as MultiaddrConnection

const PROTOCOLS = [
  BLOB_PROTOCOL,
  SYNC_PROTOCOL,
  HELLO_PROTOCOL,
  PEERS_PROTOCOL,
  '/meshsub/1.0.0',
  '/meshsub/1.1.0',
  '/meshsub/1.2.0',
  '/floodsub/1.0.0',
  '/ipfs/id/1.0.0',
  '/ipfs/id/push/1.0.0',
  '/ipfs/ping/1.0.0',
  '/libp2p/dcutr',
  '/libp2p/circuit/relay/0.2.0/stop',
]

async function startOne(name: string): Promise<TestHost> {
  const [one] = await startHosts([name])
  if (one === undefined) throw new RangeError('one host')
  return one
}

describe('admission', () => {
  it.each(PROTOCOLS)('T1 a stranger gets no stream of %s', async (protocol) => {
    const member = await startOne('member')
    let served = 0
    member.rules.mayServe = () => {
      served++
      return true
    }
    member.rules.latestMessages = () => {
      served++
      return []
    }
    const stranger = await startRawPeer('stranger')
    const answer = stranger.open(member, protocol).then(async ({ io }) => {
      await io.writeFrame(Uint8Array.of(0xa0))
      return io.readFrame(1_000)
    })
    await expect(answer).rejects.toThrow()
    expect(served).toBe(0)
    expect(member.host.isConnected(stranger.peerId)).toBe(false)
  })

  it('T1 a stranger that asks again and again stays outside', async () => {
    const member = await startOne('member')
    const stranger = await startRawPeer('stranger')
    for (let tries = 0; tries < 5; tries++) {
      await expect(stranger.open(member, SYNC_PROTOCOL)).rejects.toThrow()
    }
    expect(member.host.isConnected(stranger.peerId)).toBe(false)
    const line = { peer: stranger.peerId, code: 'NOT_MEMBER', message: 'connection refused' }
    expect(member.logged).toEqual(Array.from({ length: 5 }, () => line))
  })

  it('T1 T6 strangers with ever new keys do not fill the log', async () => {
    const logged: object[] = []
    const gater = createGater({
      rules: { isMember: () => false },
      standing: { isBanned: () => false },
      relays: { has: () => false, forget: () => {} },
      logger: { info: (fields) => logged.push(fields) },
      countConnections: () => 0,
    })
    for (let count = 0; count < 3 * LOGGED_STRANGERS; count++) {
      const peer = peerIdFromString(peerKeyOf(`stranger ${count}`).peerId)
      expect(await gater.denyInboundEncryptedConnection?.(peer, CONNECTION)).toBe(true)
    }
    expect(logged).toHaveLength(LOGGED_STRANGERS)
  })

  it('T1 tells a host that is not a member there that it was refused', async () => {
    const member = await startOne('member')
    const stranger = createTestHost('stranger')
    stranger.members.add(member.key.peerId)
    await stranger.host.start()
    await expect(stranger.host.connect([member.address()])).rejects.toMatchObject({
      info: {
        code: 'REFUSED',
        reason: 'it closed the connection: this peer id is not a member there',
        tries: 2,
      },
    })
    expect(stranger.host.isConnected(member.key.peerId)).toBe(false)
  })

  it('T1 does not dial a peer that is not in its own registry', async () => {
    const member = await startOne('member')
    const other = await startOne('other')
    await expect(member.host.connect([other.address()])).rejects.toMatchObject({
      info: { code: 'REFUSED', reason: 'it is not a member of this federation' },
    })
  })

  it('lets a peer in as soon as the registry knows it', async () => {
    const member = await startOne('member')
    const late = createTestHost('late', { connectTries: 8 })
    late.members.add(member.key.peerId)
    await late.host.start()
    setTimeout(() => member.members.add(late.key.peerId), 300)
    await late.host.connect([member.address()])
    expect(late.host.isConnected(member.key.peerId)).toBe(true)
  })

  it('T1 lets nobody in while the registry cannot be asked', async () => {
    const [a, b] = await startHosts(['a', 'b'])
    if (a === undefined || b === undefined) throw new RangeError('two hosts')
    b.rules.isMember = () => Promise.reject(new RangeError('registry is down'))
    await expect(a.host.connect([b.address()])).rejects.toMatchObject({ code: 'REFUSED' })
  })

  it('T10 answers nothing to a connected peer that is a member no longer', async () => {
    const [a, b] = await startPair()
    const ref = await b.blobs.put(Uint8Array.of(1))
    b.members.delete(a.key.peerId)
    await expect(a.host.sync(b.key.peerId)).rejects.toMatchObject({ code: 'SYNC_FAILED' })
    await expect(a.host.fetchBlob(ref, { peers: [b.key.peerId] })).rejects.toMatchObject({
      code: 'BLOB_UNAVAILABLE',
    })
    expect(b.host.traffic().sentBytes).toBe(0)
  })

  it('T15 refuses a peer of another Scenario on both sides, at once', async () => {
    const a = createTestHost('a')
    const b = createTestHost('b', { chainId: CHAIN_ID + 1 })
    for (const { members } of [a, b]) for (const { key } of [a, b]) members.add(key.peerId)
    await Promise.all([a.host.start(), b.host.start()])
    await expect(a.host.connect([b.address()])).rejects.toMatchObject({
      info: { code: 'REFUSED', reason: 'it takes part in another Scenario or chain', tries: 1 },
    })
    await until('hang up', () => !b.host.isConnected(a.key.peerId))
    expect(a.host.isConnected(b.key.peerId)).toBe(false)
  })

  it('T15 refuses a peer that does not say hello as we do', async () => {
    const a = createTestHost('a')
    const old = await startRawPeer('old')
    a.members.add(old.peerId)
    await a.host.start()
    const address = old.node.getMultiaddrs().map(String)
    await expect(a.host.connect(address)).rejects.toMatchObject({
      info: { code: 'REFUSED', reason: 'it speaks another version of the protocol' },
    })
  })

  it('T6 limits the connections of one peer', async () => {
    const member = await startOne('member')
    const greedy = await startRawPeer('greedy')
    member.members.add(greedy.peerId)
    const target = member.host.addresses()[0] ?? ''
    const { multiaddr } = await import('@multiformats/multiaddr')
    for (let count = 0; count < MAX_CONNECTIONS_PER_PEER + 3; count++) {
      await greedy.node.dial(multiaddr(target), { force: true }).catch(() => undefined)
    }
    await until('excess closed', () => {
      return greedy.node.getConnections().length <= MAX_CONNECTIONS_PER_PEER
    })
    expect(member.host.isConnected(greedy.peerId)).toBe(true)
  })

  it('disconnects a peer whose standing is used up and keeps it out', async () => {
    const [a, b] = await startPair()
    for (let fault = 0; fault < 5; fault++) b.host.penalize(a.key.peerId, 'NOT_FINITE')
    await until('hang up', () => !b.host.isConnected(a.key.peerId))
    await expect(a.host.connect([b.address()])).rejects.toBeInstanceOf(TransportError)
    expect(b.host.isConnected(a.key.peerId)).toBe(false)
  })
})

describe('connect', () => {
  it('names the address, the reason and the tries when nobody listens', async () => {
    const [a, b] = await startPair()
    const address = b.address()
    await b.host.stop()
    await until('gone', () => !a.host.isConnected(b.key.peerId))
    await expect(a.host.connect([address])).rejects.toMatchObject({
      message: expect.stringContaining(address),
      info: { code: 'UNREACHABLE', reason: 'connection refused', tries: 2 },
    })
  })

  it('notices that another peer answers', async () => {
    const a = await startOne('a')
    const b = await startOne('b')
    const wanted = peerKeyOf('wanted').peerId
    for (const { members } of [a, b]) for (const { key } of [a, b]) members.add(key.peerId)
    a.members.add(wanted)
    const address = b.address().replace(b.key.peerId, wanted)
    await expect(a.host.connect([address])).rejects.toMatchObject({
      info: { code: 'UNREACHABLE', reason: 'another peer answered at this address' },
    })
  })

  it.each(['', 'localhost:4001', '/ip4/127.0.0.1/tcp/4001', '/ip4/127.0.0.1/tcp/1/p2p/x', '/p2p'])(
    'calls %j no address',
    async (address) => {
      const a = await startOne('a')
      await expect(a.host.connect([address])).rejects.toMatchObject({ code: 'BAD_ADDRESS' })
    },
  )

  it('uses the second address of a peer when the first is dead', async () => {
    const [a, b] = await startHosts(['a', 'b'])
    if (a === undefined || b === undefined) throw new RangeError('two hosts')
    const dead = b.address().replace(/tcp\/\d+/, 'tcp/9')
    await a.host.connect([dead, b.address()])
    expect(a.host.isConnected(b.key.peerId)).toBe(true)
  })
})

describe('start and stop', () => {
  it('names the port that is in use', async () => {
    const first = await startOne('first')
    const port = /tcp\/(\d+)/.exec(first.address())?.[1]
    const second = createTestHost('second', { listen: [`/ip4/127.0.0.1/tcp/${port}`] })
    await expect(second.host.start()).rejects.toMatchObject({
      message: expect.stringContaining(`port ${port} `),
      info: { code: 'PORT_IN_USE', fault: 'usage' },
    })
  })

  it.each(['nonsense', '/ip4/127.0.0.1/udp/1', '/ip4/203.0.113.7/tcp/0'])(
    'calls %j no address to listen on',
    async (listen) => {
      const { host } = createTestHost('a', { listen: [listen] })
      await expect(host.start()).rejects.toMatchObject({ code: 'BAD_ADDRESS' })
    },
  )

  it('refuses work before start and after stop, and stops twice', async () => {
    const { host } = createTestHost('a')
    await expect(async () => host.connect([])).rejects.toMatchObject({ code: 'NOT_RUNNING' })
    await host.start()
    await host.stop()
    await host.stop()
    await expect(async () => host.connect([])).rejects.toMatchObject({ code: 'NOT_RUNNING' })
    expect(host.isConnected(peerKeyOf('b').peerId)).toBe(false)
  })

  it('starts again after a stop and is found again by itself', async () => {
    const first = await startOne('a')
    const port = /tcp\/(\d+)/.exec(first.address())?.[1] ?? '0'
    const b = createTestHost('b')
    b.members.add(first.key.peerId)
    first.members.add(b.key.peerId)
    await b.host.start()
    await b.host.connect([first.address()])
    await first.host.stop()
    await until('gone', () => !b.host.isConnected(first.key.peerId))
    const again = createTestHost('a', { listen: [`/ip4/127.0.0.1/tcp/${port}`] })
    again.members.add(b.key.peerId)
    await again.host.start()
    await until('found again', () => b.host.isConnected(first.key.peerId))
    stopLater(again.host)
  })
})
