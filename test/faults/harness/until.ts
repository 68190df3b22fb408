import { setTimeout as sleep } from 'node:timers/promises'
import { FaultError } from './fault-error.ts'

const POLL_MS = 50

/** Waits for a condition. @throws {FaultError} FAULT_TIMEOUT naming it. */
export async function until(
  what: string,
  condition: () => boolean | Promise<boolean>,
  timeoutMs: number,
): Promise<void> {
  const end = performance.now() + timeoutMs
  while (!(await condition())) {
    if (performance.now() > end) {
      const message = `${what}: not within ${timeoutMs / 1_000} s`
      throw new FaultError(message, { code: 'FAULT_TIMEOUT' })
    }
    await sleep(POLL_MS)
  }
}
