import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { BLOB_CHUNK_BYTES } from '../../../src/limits.ts'
import { encodeSignedMessage } from '../../../src/messages/signed.ts'
import type { Departure } from '../../../src/transport/departure.ts'
import { seededBytes } from './seeded-bytes.ts'
import { roundOpen, startPair, type TestHost } from './test-hosts.ts'

function watch({ audit }: TestHost): readonly Departure[] {
  const seen: Departure[] = []
  audit.onDeparture = async (departure) => void seen.push(departure)
  return seen
}

const refuse = () => Promise.reject(new Error('the log cannot be written'))

describe('what leaves a host', () => {
  it('is told for a message: its envelope by digest and size, to all members', async () => {
    const [a] = await startPair()
    const seen = watch(a)
    const envelope = encodeSignedMessage(await a.host.publish(roundOpen({ round: 3 })))
    const digest = `0x${createHash('sha256').update(envelope).digest('hex')}`
    expect(seen).toEqual([
      {
        kind: 'message',
        type: 'round-open',
        round: 3,
        digest,
        sizeBytes: envelope.length,
        to: 'members',
      },
    ])
  })

  it('is told for every byte of a blob, with who gets it', async () => {
    const [a, b] = await startPair()
    const seen = watch(a)
    const bytes = seededBytes(3 * BLOB_CHUNK_BYTES + 5, 1)
    const ref = await a.blobs.put(bytes)
    await b.host.fetchBlob(ref, { peers: [a.key.peerId] })
    for (const departure of seen) {
      expect(departure).toMatchObject({ kind: 'blob', cid: ref.cid, to: b.key.peerId })
    }
    const sent = seen.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0)
    expect(sent).toBe(a.host.traffic().sentBytes)
    expect(sent).toBe(bytes.length)
  })

  it('is told for messages that a peer missed and asks for', async () => {
    const [a, b] = await startPair()
    const signed = await a.host.publish(roundOpen())
    a.rules.latestMessages = () => [signed]
    const seen = watch(a)
    expect(await b.host.sync(a.key.peerId)).toHaveLength(1)
    expect(seen).toMatchObject([{ kind: 'message', type: 'round-open', to: b.key.peerId }])
  })

  it('stays in when it cannot be written down', async () => {
    const [a, b] = await startPair()
    const ref = await a.blobs.put(seededBytes(1_000, 2))
    a.audit.onDeparture = refuse
    await expect(a.host.publish(roundOpen())).rejects.toThrow('the log cannot be written')
    await expect(b.host.fetchBlob(ref, { peers: [a.key.peerId] })).rejects.toMatchObject({
      code: 'BLOB_UNAVAILABLE',
    })
    expect(a.host.traffic().sentBytes).toBe(0)
    expect(b.heard).toEqual([])
  })
})
