import type { Stream } from '@libp2p/interface'
import { describe, expect, it } from 'vitest'
import { createStreamInbox } from '../../../src/transport/stream-inbox.ts'
import { seededBytes } from './seeded-bytes.ts'

describe('stream inbox', () => {
  /** What the inbox uses of a stream. */
  function createFakeStream() {
    const listeners = new Map<string, (event: { readonly data: Uint8Array }) => void>()
    const stream = {
      readStatus: 'readable',
      readableEnded: false,
      addEventListener: (name: string, listener: (event: { data: Uint8Array }) => void) =>
        listeners.set(name, listener),
    }
    return {
      // The rest of a stream is not looked at.
      inbox: createStreamInbox(stream as unknown as Stream, 5_000),
      receive: (data: Uint8Array) => listeners.get('message')?.({ data }),
    }
  }

  it('gives back memory that held nothing but what was read', async () => {
    const { inbox, receive } = createFakeStream()
    const sent = seededBytes(65_519, 1)
    const own = sent.slice()
    receive(own)
    const [head, rest] = [new Uint8Array(9), new Uint8Array(65_510)]
    await inbox.readInto(head)
    expect(own.buffer.byteLength).toBe(65_519)
    await inbox.readInto(rest)
    expect(Buffer.concat([head, rest])).toEqual(Buffer.from(sent))
    expect(own.buffer.byteLength).toBe(0)
  })

  it('leaves memory alone in which something else lies', async () => {
    const { inbox, receive } = createFakeStream()
    const shared = seededBytes(65_536, 2).slice()
    const before = shared.slice()
    receive(shared.subarray(12))
    const target = new Uint8Array(65_524)
    await inbox.readInto(target)
    expect(Buffer.compare(target, before.subarray(12))).toBe(0)
    expect(Buffer.compare(shared, before)).toBe(0)
  })
})
