import { setTimeout as sleep } from 'node:timers/promises'
import type { Run } from '../coordinator/coordinator.ts'

/** How often it is looked whether the lease was renewed, in ms. */
const POLL_MS = 250

/** Waits while the lead is unsure: what is decided then could be decided by two. Returns at once when it is held, or the run ends. */
export async function untilLeading({ leadership, deps, signal }: Run): Promise<void> {
  if (leadership.isHeld() || signal.aborted) return
  deps.onEvent({ type: 'waiting', for: 'lease', detail: 'the chain has not renewed it in time' })
  while (!leadership.isHeld() && !signal.aborted) {
    // Aborting is how a wait ends early; nothing else rejects here.
    await sleep(POLL_MS, undefined, { signal }).catch(() => {})
  }
}
