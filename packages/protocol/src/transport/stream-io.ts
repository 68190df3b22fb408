import type { Stream } from '@libp2p/interface'
import { WRITE_BUFFER_BYTES } from './limits.ts'
import { createProgressWatch } from './progress-watch.ts'
import { createStreamInbox } from './stream-inbox.ts'
import { TransportError } from './transport-error.ts'

/** Bytes of an unsigned varint that says the length of a frame: up to 2^28, more than any frame may have. */
const MAX_LENGTH_BYTES = 4
const WRITE_EVENTS = ['drain', 'idle', 'close'] as const

/** Reads and writes of one stream with back-pressure and a progress deadline in both directions (T7). */
export type StreamIo = {
  /** Fills `target`. @throws {TransportError} STALLED, CUT_SHORT. */
  readInto(target: Uint8Array): Promise<void>
  /**
   * One frame: unsigned varint length, then that many bytes. The length is checked before anything is allocated (T8).
   * @returns undefined when the stream ended before a frame began.
   * @throws {TransportError} BAD_FRAME, STALLED, CUT_SHORT.
   */
  readFrame(maxBytes: number): Promise<Uint8Array | undefined>
  /** Waits while more than WRITE_BUFFER_BYTES have not left yet. @throws {TransportError} STALLED, CUT_SHORT. */
  write(bytes: Uint8Array): Promise<void>
  writeFrame(bytes: Uint8Array): Promise<void>
  /** Ends our side once everything is sent. */
  close(): Promise<void>
  abort(error: Error): void
}

/** @param options.stallMs - see STALL_MS. */
export function createStreamIo(stream: Stream, options: { readonly stallMs: number }): StreamIo {
  const { stallMs } = options
  const inbox = createStreamInbox(stream, stallMs)

  async function readLength(): Promise<number> {
    const byte = new Uint8Array(1)
    let length = 0
    for (let index = 0; index < MAX_LENGTH_BYTES; index++) {
      await inbox.readInto(byte)
      const digit = byte[0] ?? 0
      length += (digit & 0x7f) * 2 ** (7 * index)
      if (digit < 0x80) return length
    }
    throw badFrame('length over 2^28')
  }

  return {
    readInto: inbox.readInto,
    async readFrame(maxBytes) {
      if (await inbox.isEnded()) return undefined
      const length = await readLength()
      if (length > maxBytes) throw badFrame(`${length} bytes announced, at most ${maxBytes}`)
      const frame = new Uint8Array(length)
      await inbox.readInto(frame)
      return frame
    },
    write: (bytes) => send({ stream, bytes, mayWait: WRITE_BUFFER_BYTES, stallMs }),
    writeFrame: (bytes) =>
      send({
        stream,
        bytes: Buffer.concat([encodeLength(bytes.length), bytes]),
        mayWait: WRITE_BUFFER_BYTES,
        stallMs,
      }),
    async close() {
      await send({ stream, bytes: new Uint8Array(0), mayWait: 0, stallMs })
      await stream.close({ signal: AbortSignal.timeout(stallMs) })
    },
    abort: (error) => stream.abort(error),
  }
}

/**
 * Sends `bytes`, then waits until at most `mayWait` bytes are not yet with the multiplexer: that is what a reader who does not read
 * makes us hold.
 */
async function send(options: {
  stream: Stream
  bytes: Uint8Array
  mayWait: number
  stallMs: number
}): Promise<void> {
  const { stream, bytes, mayWait, stallMs } = options
  if (stream.writeStatus !== 'writable') throw cutShort()
  if (bytes.length > 0) stream.send(bytes)
  const waiting = stream.writeBufferLength
  if (waiting <= mayWait) return
  const watch = createProgressWatch(stallMs, waiting - mayWait)
  let wake: () => void = () => {}
  const onEvent = (): void => wake()
  for (const name of WRITE_EVENTS) stream.addEventListener(name, onEvent)
  try {
    while (stream.writeBufferLength > mayWait) {
      await watch.next(waiting - stream.writeBufferLength, (wakeUp) => {
        wake = wakeUp
      })
      if (stream.writeStatus !== 'writable') throw cutShort()
    }
  } finally {
    for (const name of WRITE_EVENTS) stream.removeEventListener(name, onEvent)
  }
}

function encodeLength(length: number): Uint8Array {
  const digits: number[] = []
  let rest = length
  while (rest >= 0x80) {
    digits.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return Uint8Array.from([...digits, rest])
}

function cutShort(): TransportError {
  return new TransportError('the stream ended early', { code: 'CUT_SHORT' })
}

function badFrame(detail: string): TransportError {
  return new TransportError(`bad frame: ${detail}`, { code: 'BAD_FRAME', detail })
}
