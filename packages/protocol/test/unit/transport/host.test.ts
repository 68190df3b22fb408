import { execFile } from 'node:child_process'
import process from 'node:process'
import { promisify } from 'node:util'
import { describe, expect, it, test } from 'vitest'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import { seededBytes } from './seeded-bytes.ts'
import { roundOpen, startPair, until } from './test-hosts.ts'

describe('host', () => {
  it('delivers a message that is published right after connecting', async () => {
    const [a, b] = await startPair()
    const sent = await a.host.publish(roundOpen())
    await until('delivery', () => b.heard.length === 1)
    expect(b.heard[0]?.message).toEqual(sent.message)
    expect(b.heard[0]?.sender).toBe(a.key.peerId)
    const back = await b.host.publish(roundOpen({ round: 2 }))
    await until('delivery', () => a.heard.length === 1)
    expect(a.heard[0]?.message).toEqual(back.message)
    expect(b.heard).toHaveLength(1)
  })

  it('fetches a blob and counts its bytes', async () => {
    const [a, b] = await startPair()
    const bytes = seededBytes(BLOB_CHUNK_BYTES * 5 + 17, 1)
    const ref = await a.blobs.put(bytes)
    const seen: number[] = []
    await b.host.fetchBlob(ref, {
      peers: [a.key.peerId],
      onProgress: ({ received }) => seen.push(received),
    })
    expect(Buffer.from(await b.blobs.get(ref.cid)).equals(bytes)).toBe(true)
    expect(seen.at(-1)).toBe(bytes.length)
    expect(seen).toHaveLength(6)
    expect(a.host.traffic()).toEqual({ sentBytes: bytes.length, receivedBytes: 0 })
    expect(b.host.traffic()).toEqual({ sentBytes: 0, receivedBytes: bytes.length })
  })

  it('starts once however often it is asked, and a stop during the start ends it', async () => {
    const [a, b] = await startPair()
    const addresses = a.host.addresses()
    await Promise.all([a.host.start(), a.host.start()])
    expect(a.host.addresses()).toEqual(addresses)

    await b.host.stop()
    const starting = b.host.start()
    await b.host.stop()
    await starting
    expect(() => b.host.addresses()).toThrow(expect.objectContaining({ code: 'NOT_RUNNING' }))
    await b.host.start()
    await b.host.connect(addresses)
    expect(b.host.isConnected(a.key.peerId)).toBe(true)
  })
})

test('loading the package loads no libp2p: it waits for a host that starts', async () => {
  const index = JSON.stringify(new URL('../../../src/index.ts', import.meta.url).href)
  const script = `
    import { registerHooks } from 'node:module'
    const seen = []
    registerHooks({ resolve(name, context, next) {
      const found = next(name, context)
      if (/node_modules.(@libp2p|libp2p|@chainsafe)/.test(found.url)) seen.push(found.url)
      return found
    } })
    await import(${index})
    console.log(JSON.stringify(seen))`
  const { stdout } = await promisify(execFile)(process.execPath, [
    '--input-type=module',
    '-e',
    script,
  ])
  expect(JSON.parse(stdout)).toEqual([])
})
