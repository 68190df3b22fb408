import { once } from 'node:events'
import { connect, createServer } from 'node:net'
import { pipeline } from 'node:stream'
import { generateKeyPairFromSeed } from '@libp2p/crypto/keys'
import { peerIdFromString } from '@libp2p/peer-id'
import { PeerRecord, RecordEnvelope } from '@libp2p/peer-record'
import { multiaddr } from '@multiformats/multiaddr'
import { describe, expect, it } from 'vitest'
import { UserError } from '../../../src/errors.ts'
import type { PeerIdText } from '../../../src/ids.ts'
import type { PeerKey } from '../../../src/peer-key.ts'
import { createAddressBook, type MemberAddresses } from '../../../src/transport/address-book.ts'
import { HELLO_PROTOCOL } from '../../../src/transport/limits.ts'
import { keepNeighbours } from '../../../src/transport/neighbours.ts'
import { PEERS_PROTOCOL } from '../../../src/transport/network-limits.ts'
import { TransportError } from '../../../src/transport/transport-error.ts'
import { type RawPeer, startRawPeer } from './raw-peer.ts'
import {
  createTestHost,
  peerKeyOf,
  roundOpen,
  startHosts,
  stopLater,
  type TestHost,
  until,
} from './test-hosts.ts'

async function startTrio(neighbours: number): Promise<readonly [TestHost, TestHost, TestHost]> {
  const [hub] = await startHosts(['hub'])
  const [a, b] = await startHosts(['a', 'b'], { neighbours })
  if (hub === undefined || a === undefined || b === undefined) throw new RangeError('three hosts')
  for (const one of [hub, a, b]) {
    for (const other of [hub, a, b]) one.members.add(other.key.peerId)
  }
  for (const silo of [a, b]) await silo.host.connect([hub.address()])
  return [hub, a, b]
}

describe('neighbours', () => {
  it('two silos that know the aggregator only find each other, and talk when it is gone', async () => {
    const [hub, a, b] = await startTrio(4)
    await until('a knows b', () => a.host.connectedMembers().includes(b.key.peerId))
    await hub.host.stop()
    await until('the hub is gone', () => !a.host.isConnected(hub.key.peerId))
    await until('a message passes', () => {
      void a.host.publish(roundOpen({ sentAt: Date.now() }))
      return b.heard.length > 0
    })
    expect(b.heard[0]?.sender).toBe(a.key.peerId)
    // Both may have dialled at the same time.
    const shown = { peer: b.key.peerId, role: 'member', transport: 'tcp' }
    expect(a.host.connections()[0]).toMatchObject(shown)
  })

  it('T13 an address that its owner did not sign is not dialled and costs the teller standing', async () => {
    const victim = peerKeyOf('victim')
    const liar = await startTeller('liar', () => recordAbout(victim.peerId, peerKeyOf('liar')))
    const silo = createTestHost('silo', { neighbours: 4 })
    for (const peer of [liar.peerId, victim.peerId]) silo.members.add(peer)
    await silo.host.start()
    await silo.host.connect(liar.node.getMultiaddrs().map(String))
    const isPenalized = (): boolean => silo.logged.some(({ code }) => code === 'BAD_FRAME')
    await until('a penalty', isPenalized)
    expect(silo.host.addressesOf(victim.peerId)).toEqual([])
  })

  it('T13 an address with somebody else behind it leads nowhere', async () => {
    const [other] = await startHosts(['other'])
    const wanted = peerKeyOf('wanted')
    const door = await startDoor(Number(/tcp\/(\d+)/.exec(other?.address() ?? '')?.[1]))
    const teller = await startTeller('teller', () =>
      recordAbout(wanted.peerId, wanted, `/ip4/127.0.0.1/tcp/${door.port}`),
    )
    const silo = createTestHost('silo', { neighbours: 4 })
    for (const peer of [teller.peerId, wanted.peerId]) silo.members.add(peer)
    other?.members.add(silo.key.peerId)
    await silo.host.start()
    await silo.host.connect(teller.node.getMultiaddrs().map(String))
    await until('a try', () => door.closed() > 0)
    expect(silo.host.connectedMembers()).toEqual([teller.peerId])
    expect(other?.host.isConnected(silo.key.peerId)).toBe(false)
  })

  it('T29: a signed record of an address that is none ends nobody, and nobody else is forgotten', async () => {
    const liar = peerKeyOf('liar')
    const [other] = await startHosts(['other'])
    if (other === undefined) throw new RangeError('a host')
    const name = Uint8Array.of(54, 7, ...Buffer.from('x/bogus'), 6, 0, 80)
    let asked = 0
    const teller = await startTeller('teller', () => {
      asked++
      const isOdd = asked % 2 === 1
      return isOdd
        ? recordAbout(liar.peerId, liar, name)
        : recordAbout(other.key.peerId, other.key, other.address())
    })
    const silo = createTestHost('silo', { neighbours: 4 })
    for (const peer of [teller.peerId, liar.peerId, other.key.peerId]) {
      silo.members.add(peer)
    }
    other.members.add(silo.key.peerId)
    await silo.host.start()
    await silo.host.connect(teller.node.getMultiaddrs().map(String))
    await until('the next one', () => silo.host.isConnected(other.key.peerId))
    expect(asked).toBeGreaterThan(1)
    expect(silo.host.addressesOf(liar.peerId)).toEqual([])
  })

  it('T12: who is named as a relay by a record stays a member when it is one, and is left when it is none', async () => {
    const stranger = await startRawPeer('stranger')
    const liar = peerKeyOf('liar')
    const tried: string[] = []
    stranger.node.addEventListener('peer:connect', ({ detail }) => tried.push(`${detail} came`))
    stranger.node.addEventListener('peer:disconnect', ({ detail }) => tried.push(`${detail} left`))
    const teller: RawPeer = await startTeller('teller', () =>
      recordAbout(
        liar.peerId,
        liar,
        `${stranger.node.getMultiaddrs()[0]}/p2p-circuit`,
        `/ip4/127.0.0.1/tcp/1/p2p/${peerKeyOf('teller').peerId}/p2p-circuit`,
      ),
    )
    const silo = createTestHost('silo', { neighbours: 4 })
    for (const peer of [teller.peerId, liar.peerId]) silo.members.add(peer)
    await silo.host.start()
    await silo.host.connect(teller.node.getMultiaddrs().map(String))
    await until('left', () => tried.length >= 2)
    expect(tried.slice(0, 2)).toEqual([`${silo.host.peerId} came`, `${silo.host.peerId} left`])
    expect(silo.host.connectedMembers()).toEqual([teller.peerId])
    expect(silo.host.connections().map(({ role }) => role)).toEqual(['member'])
  })

  it('T29: goes on whatever a dial or an answer fails with', async () => {
    const stopping = new AbortController()
    const first = peerKeyOf('first').peerId
    const { peerId: peer } = peerKeyOf('b')
    const book = createAddressBook(() => true)
    await book.add({ peer, addresses: ['/ip4/192.0.2.1/tcp/1'] })
    const noted: object[] = []
    let looks = 0
    const search = keepNeighbours(
      { self: peerKeyOf('self').peerId, count: 3, signal: stopping.signal },
      {
        logger: { debug: (fields) => noted.push(fields) },
        book,
        connectedMembers() {
          looks++
          if (noted.length >= 2) stopping.abort()
          return [first]
        },
        askPeers: () => Promise.reject(new TypeError('no answer at all')),
        dial: () => Promise.reject(new UserError('usage', 'bad', { code: 'BAD_ADDRESS' })),
      },
    )
    await expect(search).resolves.toBeUndefined()
    expect(looks).toBeGreaterThan(1)
    expect(noted).toEqual([{ error: expect.any(TypeError) }, { code: 'BAD_ADDRESS' }])
  })

  it('dials as many as it wants, forgets who does not answer, and takes another instead', async () => {
    const self = peerKeyOf('self').peerId
    const told = ['b', 'c', 'd', 'e'].map((name): MemberAddresses => {
      const peer = peerKeyOf(name).peerId
      return { peer, addresses: [`/ip4/192.0.2.1/tcp/4001/p2p/${peer}`] }
    })
    const stopping = new AbortController()
    stopLater({ stop: () => stopping.abort() })
    const connected = new Set<PeerIdText>([peerKeyOf('first').peerId])
    const dialled: PeerIdText[] = []
    const book = createAddressBook(() => true)
    void keepNeighbours(
      { self, count: 3, signal: stopping.signal },
      {
        logger: { debug: () => {} },
        book,
        connectedMembers: () => [...connected],
        askPeers: async () => told,
        async dial({ peer }) {
          dialled.push(peer)
          // The first one that it tries is not there.
          if (dialled[0] === peer) throw new TransportError('gone', { code: 'NOT_RUNNING' })
          connected.add(peer)
        },
      },
    )
    await until('three', () => connected.size === 3)
    expect(connected.has(dialled[0] ?? self)).toBe(false)
    expect(dialled).toHaveLength(3)
  })

  it('keeps addresses of members only', async () => {
    const peer = peerKeyOf('member').peerId
    const book = createAddressBook((one) => one === peer)
    await book.add({ peer, addresses: ['/ip4/192.0.2.1/tcp/1'] })
    await book.add({ peer: peerKeyOf('x').peerId, addresses: ['/ip4/192.0.2.1/tcp/2'] })
    expect(book.all()).toEqual([{ peer, addresses: ['/ip4/192.0.2.1/tcp/1'] }])
    const down = createAddressBook(() => Promise.reject(new RangeError('registry is down')))
    await down.add({ peer, addresses: ['/ip4/192.0.2.1/tcp/1'] })
    expect(down.all()).toEqual([])
  })
})

/** A member that greets as it should and names one other peer. */
function startTeller(name: string, record: () => Promise<Uint8Array>): Promise<RawPeer> {
  return startRawPeer(name, {
    [HELLO_PROTOCOL]: async (io) => {
      await io.writeFrame((await io.readFrame(1_024)) ?? new Uint8Array(0))
      await io.close()
    },
    [PEERS_PROTOCOL]: async (io) => {
      await io.writeFrame(await record())
      await io.writeFrame(new Uint8Array(0))
      await io.close()
    },
  })
}

/** A TCP port that leads to another one and counts the connections that came and went. */
async function startDoor(target: number): Promise<{ port: number; closed(): number }> {
  let closed = 0
  const server = createServer((socket) => {
    const behind = connect(target, '127.0.0.1')
    pipeline(socket, behind, socket, () => {
      closed++
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stopLater({ stop: () => server.close() })
  const address = server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    closed: () => closed,
  }
}

/** A record about `peer` with the signature of `signer`. */
async function recordAbout(
  peer: PeerIdText,
  signer: PeerKey,
  ...addresses: readonly (string | Uint8Array)[]
): Promise<Uint8Array> {
  const all = addresses.length === 0 ? ['/ip4/192.0.2.1/tcp/4001'] : addresses
  const record = new PeerRecord({
    peerId: peerIdFromString(peer),
    multiaddrs: all.map((address) => multiaddr(address)),
  })
  const key = await generateKeyPairFromSeed('Ed25519', signer.exportSeed())
  return (await RecordEnvelope.seal(record, key)).marshal()
}
