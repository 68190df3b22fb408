import { setTimeout as sleep } from 'node:timers/promises'
import type { Leadership } from './leadership.ts'

/** How often it is looked whether the lease was renewed, in ms. */
const POLL_MS = 250

/** Waits while the lead is unsure: what is decided then could be decided by two. Returns at once when it is held, or `signal` fires. */
export async function untilLeading(
  leadership: Pick<Leadership, 'isHeld'>,
  options: { readonly signal: AbortSignal; onWait(): void },
): Promise<void> {
  const { signal, onWait } = options
  if (leadership.isHeld() || signal.aborted) return
  onWait()
  while (!leadership.isHeld() && !signal.aborted) {
    // Aborting is how a wait ends early; nothing else rejects here.
    await sleep(POLL_MS, undefined, { signal }).catch(() => {})
  }
}
