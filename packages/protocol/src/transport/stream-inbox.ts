import type { Stream } from '@libp2p/interface'
import { READ_BUFFER_BYTES } from './limits.ts'
import { createProgressWatch } from './progress-watch.ts'
import { TransportError } from './transport-error.ts'

/** Smaller memory is left to the collector, in bytes. */
const MIN_FREED_BYTES = 16_384

/** The receiving half of a stream. */
export type StreamInbox = {
  /** Fills `target`. @throws {TransportError} STALLED, CUT_SHORT. */
  readInto(target: Uint8Array): Promise<void>
  /** Waits for a byte or for the orderly end. @throws {TransportError} STALLED, CUT_SHORT. */
  isEnded(): Promise<boolean>
}

/** Received bytes in order; the sender is paused while READ_BUFFER_BYTES wait here. */
export function createStreamInbox(stream: Stream, stallMs: number): StreamInbox {
  const queue = createByteQueue()
  let isOver = stream.readableEnded
  let isBroken = false
  let isResuming = false
  let wake: () => void = () => {}
  const onWake = (wakeUp: () => void): void => {
    wake = wakeUp
  }
  const finish = (): void => {
    isOver = true
    wake()
  }
  stream.addEventListener('message', ({ data }) => {
    queue.push(data)
    if (!isResuming) pauseWhenFull()
    wake()
  })
  // Not 'remoteCloseWrite': that may come while bytes still wait in a paused stream.
  stream.addEventListener('end', finish)
  stream.addEventListener('close', ({ error }) => {
    isBroken = error !== undefined
    finish()
  })

  function pauseWhenFull(): void {
    if (queue.size() > READ_BUFFER_BYTES && stream.readStatus === 'readable') stream.pause()
  }

  // Hands over what a paused stream holds, synchronously, also when the stream is over by now. A pause from within would be undone at
  // the end of resume() in yamux only, and the sender would go on until the stream's buffer overflows: so it waits until after.
  function resumeSender(): void {
    if (queue.size() >= READ_BUFFER_BYTES / 2 || stream.readStatus !== 'paused') return
    isResuming = true
    stream.resume()
    isResuming = false
    pauseWhenFull()
  }

  return {
    async isEnded() {
      const watch = createProgressWatch(stallMs, 1)
      resumeSender()
      while (queue.size() === 0 && !isOver) await watch.next(0, onWake)
      if (queue.size() === 0 && isBroken) throw cutShort()
      return queue.size() === 0
    },
    async readInto(target) {
      const watch = createProgressWatch(stallMs, target.length)
      let filled = queue.takeInto(target)
      resumeSender()
      while (filled < target.length) {
        const count = queue.takeInto(target.subarray(filled))
        resumeSender()
        filled += count
        if (count > 0 || queue.size() > 0) continue
        if (isOver) throw cutShort()
        await watch.next(filled, onWake)
      }
    },
  }
}

/** Bytes of a stream that waits to be read; `owned` when nothing else lies in its memory. */
type Part = { readonly bytes: Uint8Array; readonly owned: boolean }

function createByteQueue() {
  const parts: Part[] = []
  let size = 0
  return {
    size: () => size,
    push(data: Uint8Array | Iterable<Uint8Array>): void {
      for (const bytes of data instanceof Uint8Array ? [data] : data) {
        parts.push({ bytes, owned: bytes.length === bytes.buffer.byteLength })
        size += bytes.length
      }
    },
    /** Moves up to target.length bytes; returns how many. */
    takeInto(target: Uint8Array): number {
      let filled = 0
      while (filled < target.length) {
        const part = parts[0]
        if (part === undefined) break
        const { bytes, owned } = part
        const taken = bytes.subarray(0, target.length - filled)
        target.set(taken, filled)
        filled += taken.length
        if (taken.length < bytes.length) {
          parts[0] = { bytes: bytes.subarray(taken.length), owned }
        } else {
          parts.shift()
          if (owned) free(bytes)
        }
      }
      size -= filled
      return filled
    },
  }
}

/**
 * Noise decrypts each of its frames into memory of its own. Left to the collector, that memory makes it mark the whole heap again every few
 * megabytes, which costs more than the decryption; what was copied out is given back at once.
 */
function free({ buffer }: Uint8Array): void {
  if (buffer.byteLength >= MIN_FREED_BYTES && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

function cutShort(): TransportError {
  return new TransportError('the stream ended early', { code: 'CUT_SHORT' })
}
