import { setTimeout as sleep } from 'node:timers/promises'
import { FedError, type Logger } from '@fednode/protocol'
import { unlessStopped } from './unless-stopped.ts'

/** Shortest and longest wait between two tries, in ms. */
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 30_000

/**
 * Does a step of a start that asks the chain, again and again while no node answers: an administrator's daemon waits for a node that
 * restarts. Every other failure ends it, and so does the signal; what was begun then may go on, its result is dropped.
 * @throws what `step` throws but for RPC_FAILED; the signal's reason.
 */
export function whileChainIsAway<T>(
  { signal, logger }: { readonly signal: AbortSignal; readonly logger: Pick<Logger, 'warn'> },
  step: () => Promise<T>,
): Promise<T> {
  return unlessStopped(signal, async () => {
    for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
      try {
        return await step()
      } catch (error) {
        if (!(error instanceof FedError) || error.code !== 'RPC_FAILED') throw error
        const reason = error.message
        if (waitMs === FIRST_WAIT_MS)
          logger.warn({ reason }, 'no answer: the chain is asked until it answers')
        await sleep(waitMs, undefined, { signal })
      }
    }
  })
}
