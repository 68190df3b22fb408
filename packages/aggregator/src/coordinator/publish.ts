import { setTimeout as sleep } from 'node:timers/promises'
import { FedError, type Message } from '@fednode/protocol'
import type { Run } from './coordinator.ts'

/** How often what is said is said again, in ms. */
export const ANNOUNCE_MS = 2_000

/** Says something to all, now; whoever does not hear it asks for it later (sync). Never rejects. */
export function say(run: Run, message: Message): void {
  run.host.publish(message).catch((error: unknown) => {
    if (run.signal.aborted) return
    if (!(error instanceof FedError)) run.fail(error)
    else run.deps.logger.debug({ code: error.code, type: message.type }, 'not heard by anybody')
  })
}

/** Says something now and again and again until `signal` fires; only the time of sending differs. */
export async function keepSaying(
  run: Run,
  message: () => Message,
  options: { readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  const { everyMs, signal } = options
  while (!signal.aborted) {
    say(run, message())
    // Aborting is how it ends; nothing else rejects here.
    await sleep(everyMs, undefined, { signal }).catch(() => {})
  }
}
