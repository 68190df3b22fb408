import type { Stream } from '@libp2p/interface'
import { READ_BUFFER_BYTES } from './limits.ts'
import { createProgressWatch } from './progress-watch.ts'
import { TransportError } from './transport-error.ts'

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

function createByteQueue() {
  const parts: Uint8Array[] = []
  let size = 0
  return {
    size: () => size,
    push(data: Uint8Array | Iterable<Uint8Array>): void {
      for (const part of data instanceof Uint8Array ? [data] : data) {
        parts.push(part)
        size += part.length
      }
    },
    /** Moves up to target.length bytes; returns how many. */
    takeInto(target: Uint8Array): number {
      let filled = 0
      while (filled < target.length) {
        const part = parts[0]
        if (part === undefined) break
        const taken = part.subarray(0, target.length - filled)
        target.set(taken, filled)
        filled += taken.length
        if (taken.length === part.length) parts.shift()
        else parts[0] = part.subarray(taken.length)
      }
      size -= filled
      return filled
    },
  }
}

function cutShort(): TransportError {
  return new TransportError('the stream ended early', { code: 'CUT_SHORT' })
}
