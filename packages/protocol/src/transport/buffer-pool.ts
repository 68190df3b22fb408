/** A bounded number of buffers that are used again and again. */
export type BufferPool = {
  /** Waits while all are in use. */
  take(): Promise<Uint8Array<ArrayBuffer>>
  give(buffer: Uint8Array<ArrayBuffer>): void
}

/** @param bytes - length of each buffer; made when it is first needed. */
export function createBufferPool(count: number, bytes: number): BufferPool {
  const free: Uint8Array<ArrayBuffer>[] = []
  const waiting: ((buffer: Uint8Array<ArrayBuffer>) => void)[] = []
  let made = 0
  return {
    async take() {
      const buffer = free.pop()
      if (buffer !== undefined) return buffer
      if (made < count) {
        made++
        return new Uint8Array(bytes)
      }
      return new Promise((resolve) => waiting.push(resolve))
    },
    give(buffer) {
      const next = waiting.shift()
      if (next === undefined) free.push(buffer)
      else next(buffer)
    },
  }
}
