import { setTimeout as sleep } from 'node:timers/promises'
import { FedError } from '@fednode/protocol'

/** Strangers make somebody look at the chain at most this often, in ms. */
const INTERVAL_MS = 1_000

/** Looks at the chain again, for whoever keeps what was seen. */
export type PacedLook = {
  /** @throws what the look throws. */
  now(): Promise<void>
  /** For a stranger: at most once a second for all strangers together. While the chain does not answer, what was seen last holds. */
  soon(): Promise<void>
  /** How long ago it looked last, in ms. */
  sinceMs(): number
}

/**
 * Begins with a look that has just been made.
 * @param onFailure - told of a look for a stranger that failed.
 */
export function createPacedLook(
  look: () => Promise<void>,
  onFailure: (error: FedError) => void,
): PacedLook {
  let lookedAt = performance.now()
  let pending: Promise<void> | undefined
  const sinceMs = (): number => performance.now() - lookedAt

  async function now(): Promise<void> {
    await look()
    lookedAt = performance.now()
  }

  async function inTime(): Promise<void> {
    const waitMs = INTERVAL_MS - sinceMs()
    if (waitMs > 0) await sleep(waitMs, undefined, { ref: false })
    try {
      await now()
    } catch (error) {
      if (!(error instanceof FedError)) throw error
      lookedAt = performance.now()
      onFailure(error)
    }
  }

  return {
    now,
    soon() {
      pending ??= inTime().finally(() => {
        pending = undefined
      })
      return pending
    },
    sinceMs,
  }
}
