import { once } from 'node:events'
import { connect } from 'node:net'
import tls from 'node:tls'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import { seededBytes } from './seeded-bytes.ts'
import { selfSignedCertificate } from './self-signed-certificate.ts'
import { createTestHost, roundOpen, stopLater, type TestHost, until } from './test-hosts.ts'

const NAME = 'localhost'
const trusted = tls.getCACertificates('default')
const { key, cert } = selfSignedCertificate(NAME)

beforeAll(() => {
  // As NODE_EXTRA_CA_CERTS of a process that is started.
  tls.setDefaultCACertificates([...trusted, cert])
})
afterAll(() => {
  tls.setDefaultCACertificates(trusted)
})

/** A port that takes TLS and passes the plain bytes on to `target`, as nginx before an aggregator does. */
async function startTlsProxy(target: () => number): Promise<number> {
  const server = tls.createServer({ key, cert }, (outside) => {
    const inside = connect(target(), '127.0.0.1')
    outside.pipe(inside).pipe(outside)
    // One end that broke breaks the other.
    outside.on('error', () => inside.destroy())
    inside.on('error', () => outside.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  stopLater({ stop: () => server.close() })
  const address = server.address()
  return typeof address === 'object' && address !== null ? address.port : 0
}

/** A host that listens for plain WebSocket and says that it is reached with TLS, and one that only dials. */
async function startProxied(): Promise<readonly [TestHost, TestHost]> {
  // A host tells only the announced addresses, so the port inside is chosen first.
  const inside = await freePort()
  const outside = await startTlsProxy(() => inside)
  const a = createTestHost('a', {
    listen: [`/ip4/127.0.0.1/tcp/${inside}/ws`],
    announce: [`/dns4/${NAME}/tcp/${outside}/tls/ws`],
  })
  const b = createTestHost('b', { listen: [] })
  for (const { members } of [a, b]) for (const { key } of [a, b]) members.add(key.peerId)
  await Promise.all([a.host.start(), b.host.start()])
  return [a, b]
}

async function freePort(): Promise<number> {
  const server = tls.createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}

describe('WebSocket behind a TLS proxy', () => {
  it('carries messages and blobs to a member that only dials', async () => {
    const [a, b] = await startProxied()
    expect(a.address()).toMatch(/^\/dns4\/localhost\/tcp\/\d+\/tls\/ws\/p2p\//)
    await b.host.connect([a.address()])
    await a.host.publish(roundOpen())
    await until('delivery', () => b.heard.length === 1)
    const bytes = seededBytes(3 * BLOB_CHUNK_BYTES + 1, 5)
    const ref = await a.blobs.put(bytes)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    expect(Buffer.from(await b.blobs.get(ref.cid)).equals(bytes)).toBe(true)
    expect(b.host.connections()).toMatchObject([
      { transport: 'websocket', address: expect.stringContaining('/tls/ws') },
    ])
  })

  it('T13: is not dialled when the certificate is not trusted', async () => {
    tls.setDefaultCACertificates(trusted)
    try {
      const [a, b] = await startProxied()
      await expect(b.host.connect([a.address()])).rejects.toMatchObject({ code: 'UNREACHABLE' })
    } finally {
      tls.setDefaultCACertificates([...trusted, cert])
    }
  })
})
