import { describe, expect, it } from 'vitest'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import {
  cidOfBlob,
  describeBlob,
  encodeDescriptor,
} from '../../../src/transport/blob-descriptor.ts'
import {
  encodeBlobAnswer,
  encodeBlobBatch,
  parseBlobAsk,
} from '../../../src/transport/blob-wire.ts'
import { BLOB_PROTOCOL } from '../../../src/transport/limits.ts'
import { BLOB, REF, serveChunks } from './blob-fixture.ts'
import { startRawPeer } from './raw-peer.ts'
import { seededBytes } from './seeded-bytes.ts'
import { startHosts, type TestHost, until } from './test-hosts.ts'

/** The first host and the others, every one connected to every one. */
async function startSwarm(count: number): Promise<readonly [TestHost, readonly TestHost[]]> {
  const names = Array.from({ length: count + 1 }, (_, place) => `swarm-${place}`)
  const [origin, ...others] = await startHosts(names)
  if (origin === undefined) throw new RangeError('a host')
  const known: string[] = [origin.address()]
  for (const { host } of others) {
    await host.connect(known)
    known.push(...host.addresses())
  }
  return [origin, others]
}

function idsOf(hosts: readonly TestHost[]) {
  return hosts.map(({ key }) => key.peerId)
}

describe('blob swarm', () => {
  it('costs the origin much less than a model a member when five start together', async () => {
    const [origin, members] = await startSwarm(5)
    const ref = await origin.blobs.put(seededBytes(BLOB_CHUNK_BYTES * 48 + 9, 21))
    await Promise.all(
      members.map(({ host, key }) => {
        const others = idsOf(members).filter((peer) => peer !== key.peerId)
        return host.fetchBlob(ref, { peers: [origin.key.peerId, ...others] })
      }),
    )
    for (const { blobs } of members) expect(await blobs.has(ref.cid)).toBe(true)
    // Below 1.5 where members get their turns; what waits too long on a busy machine is asked of the origin again. `bench blob` measures it.
    expect(origin.host.traffic().sentBytes).toBeLessThan(3 * ref.size)
  })

  it('costs the origin nothing when the others have it all', async () => {
    const [origin, [first, second]] = await startSwarm(2)
    if (first === undefined || second === undefined) throw new RangeError('two')
    for (const { blobs } of [origin, first]) await blobs.put(BLOB)
    const { isMember } = origin.rules
    // The others answer first: what the origin alone has is asked of it at once.
    origin.rules.isMember = async (peer) => {
      await until('first answered', () => first.host.traffic().sentBytes > 0)
      return isMember(peer)
    }
    await second.host.fetchBlob(REF, { peers: idsOf([origin, first]) })
    expect(origin.host.traffic().sentBytes).toBe(0)
    expect(first.host.traffic().sentBytes).toBe(BLOB.length)
  })

  it('passes on chunks of a blob that is still on its way, verified ones only', async () => {
    const [late, [middle]] = await startSwarm(1)
    if (middle === undefined) throw new RangeError('one')
    let isHeld = true
    const slow = await startRawPeer('slow', {
      [BLOB_PROTOCOL]: serveChunks(async (chunk, index) => {
        if (index === 3) await until('released', () => !isHeld)
        return chunk
      }),
    })
    middle.members.add(slow.peerId)
    await slow.dial(middle)
    await until('connected', () => middle.host.isConnected(slow.peerId))
    const whole = middle.host.fetchBlob(REF, { peers: [slow.peerId] })
    const seen: number[] = []
    const passedOn = late.host.fetchBlob(REF, {
      peers: [middle.key.peerId],
      onProgress: ({ received }) => seen.push(received),
    })
    await until('three chunks passed on', () => seen.length === 3)
    expect(await middle.blobs.has(REF.cid)).toBe(false)
    isHeld = false
    await Promise.all([whole, passedOn])
    expect(await late.blobs.has(REF.cid)).toBe(true)
  })

  it('brings everything to a member that reaches only the origin', async () => {
    const [origin, alone] = await startHosts(['origin', 'alone'])
    if (origin === undefined || alone === undefined) throw new RangeError('two')
    await alone.host.connect([origin.address()])
    await origin.blobs.put(BLOB)
    const nobody = (await startHosts(['nobody']))[0]
    if (nobody === undefined) throw new RangeError('one')
    await alone.host.fetchBlob(REF, { peers: [origin.key.peerId, nobody.key.peerId] })
    expect(await alone.blobs.has(REF.cid)).toBe(true)
  })

  it('asks the origin outright for a blob of one chunk, which nobody else is asked for meanwhile', async () => {
    const [waiting, [other]] = await startSwarm(1)
    if (other === undefined) throw new RangeError('one')
    const small = BLOB.slice(0, 100)
    const urgencies: unknown[] = []
    const origin = await startRawPeer('origin', {
      [BLOB_PROTOCOL]: async (io) => {
        await io.readFrame(1_024)
        await io.writeFrame(encodeBlobAnswer({ answer: 'OK' }))
        await io.writeFrame(encodeDescriptor(describeBlob(small)))
        urgencies.push(parseBlobAsk((await io.readFrame(4_096)) ?? small)?.urgency)
        await io.writeFrame(encodeBlobBatch({ send: [0] }))
        await io.write(small)
      },
    })
    waiting.members.add(origin.peerId)
    await origin.dial(waiting)
    await until('connected', () => waiting.host.isConnected(origin.peerId))
    const ref = { cid: cidOfBlob(small), size: small.length }
    await waiting.host.fetchBlob(ref, { peers: [origin.peerId, other.key.peerId] })
    expect(await waiting.blobs.has(ref.cid)).toBe(true)
    // An ask that could wait would be left to be passed on by others, for seconds.
    expect(urgencies).toEqual(['now'])
  })

  it('T9 T6 drops a liar of the swarm and loses nothing', async () => {
    const [origin, [member]] = await startSwarm(1)
    if (member === undefined) throw new RangeError('one')
    await origin.blobs.put(BLOB)
    const liar = await startRawPeer('liar', {
      [BLOB_PROTOCOL]: serveChunks((chunk) => {
        chunk[0] = (chunk[0] ?? 0) ^ 1
        return chunk
      }),
    })
    member.members.add(liar.peerId)
    await liar.dial(member)
    await until('connected', () => member.host.isConnected(liar.peerId))
    await member.host.fetchBlob(REF, { peers: [origin.key.peerId, liar.peerId] })
    expect(await member.blobs.has(REF.cid)).toBe(true)
  })

  it('two fetches of the same blob at once move it once', async () => {
    const [origin, [member]] = await startSwarm(1)
    if (member === undefined) throw new RangeError('one')
    await origin.blobs.put(BLOB)
    const fetchIt = () => member.host.fetchBlob(REF, { peers: [origin.key.peerId] })
    await Promise.all([fetchIt(), fetchIt()])
    expect(member.host.traffic().receivedBytes).toBe(BLOB.length)
  })
})
