import { setTimeout as sleep } from 'node:timers/promises'
import { FedError } from '@fednode/protocol'

/** Strangers make somebody look at the chain at most this often, in ms. */
const INTERVAL_MS = 1_000

/** Looks at the chain again, for whoever keeps what was seen: one look after the other, so that what is kept last was seen last. */
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

  let last: Promise<void> = Promise.resolve()

  function now(): Promise<void> {
    const made = last.then(look).then(() => {
      lookedAt = performance.now()
    })
    // Whoever asked for it hears that it failed; the next one is made all the same.
    last = made.catch(() => {})
    return made
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
