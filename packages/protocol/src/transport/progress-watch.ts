import { MIN_PROGRESS_BYTES } from './limits.ts'
import { TransportError } from './transport-error.ts'

/** A timer that fires so much later than it was set to shows that the process stood still, in ms. */
const MIN_LATE_MS = 100

/** Waits for progress, and gives up when there is too little of it. */
export type ProgressWatch = {
  /**
   * Resolves when the function handed to `onWake` is called, or at the end of the window.
   * @param moved - bytes that have moved so far.
   * @throws {TransportError} STALLED
   */
  next(moved: number, onWake: (wake: () => void) => void): Promise<void>
}

/**
 * Deadline that follows progress (T7): fails when fewer than MIN_PROGRESS_BYTES (or what is left of `total`) moved within `stallMs`
 * of waiting. A peer that sends one byte a second does not pass, a slow line does.
 */
export function createProgressWatch(stallMs: number, total: number): ProgressWatch {
  let windowEnd = performance.now() + stallMs
  let movedAtStart = 0
  return {
    async next(moved, onWake) {
      const enough = Math.min(MIN_PROGRESS_BYTES, total - movedAtStart)
      if (moved - movedAtStart >= enough) {
        movedAtStart = moved
        windowEnd = performance.now() + stallMs
      }
      const left = windowEnd - performance.now()
      if (left <= 0) throw stalled(stallMs)
      const startedAt = performance.now()
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left)
        onWake(() => {
          clearTimeout(timer)
          resolve()
        })
      })
      // While our own process stood still, what has arrived meanwhile could not be seen: that time does not count.
      const lateMs = performance.now() - startedAt - left
      if (lateMs > MIN_LATE_MS) windowEnd += lateMs
    },
  }
}

function stalled(stallMs: number): TransportError {
  const seconds = stallMs / 1_000
  return new TransportError(`too little progress in ${seconds} s`, { code: 'STALLED', seconds })
}
