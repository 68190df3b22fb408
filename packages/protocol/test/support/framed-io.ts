import type { Stream } from '@libp2p/interface'
import { createStreamIo, type StreamIo } from '../../src/transport/stream-io.ts'

const STALL_MS = 1_000

/** The real reader of frames over a stream that brings these bytes and ends. */
export function framedIo(bytes: Uint8Array): StreamIo {
  const events = new EventTarget()
  const stream = Object.assign(events, {
    readableEnded: false,
    readStatus: 'readable',
    writeStatus: 'writable',
    writeBufferLength: 0,
    send: () => true,
    pause: () => {},
    resume: () => {},
    abort: () => {},
    close: async () => {},
  })
  queueMicrotask(() => {
    // A copy: the reader gives back the memory of what it has read.
    events.dispatchEvent(Object.assign(new Event('message'), { data: bytes.slice() }))
    events.dispatchEvent(new Event('end'))
  })
  // Of libp2p's stream, only what createStreamIo uses.
  return createStreamIo(stream as unknown as Stream, { stallMs: STALL_MS })
}
