import process from 'node:process'

const INTERVAL_MS = 50

/** Resident memory of this process, in bytes: at the start and at its highest. */
export type Memory = { readonly idle: number; readonly peak: number }

/** Looks at the resident memory again and again between start() and stop(). */
export function watchMemory(): { start(): void; stop(): Memory } {
  let idle = 0
  let peak = 0
  let timer: NodeJS.Timeout | undefined
  function look(): void {
    peak = Math.max(peak, process.memoryUsage.rss())
  }
  return {
    start() {
      globalThis.gc?.()
      idle = process.memoryUsage.rss()
      peak = idle
      timer = setInterval(look, INTERVAL_MS)
    },
    stop() {
      look()
      clearInterval(timer)
      return { idle, peak }
    },
  }
}
