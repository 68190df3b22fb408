import { setTimeout as sleep } from 'node:timers/promises'
import { FedError, raiseTerm } from '@fednode/protocol'
import type { SiloRun } from './silo.ts'

/** How often the chain is asked who leads, in ms. */
const LOOK_MS = 15_000

/**
 * Keeps a silo from following an aggregator that was deposed: the chain says which term has begun, and words of earlier ones are not heard
 * any more, also where the new leader cannot be heard. Without an answer of the chain what was heard counts. Ends with the silo.
 */
export async function watchTerm(run: SiloRun): Promise<void> {
  const { deps, signal } = run
  if (deps.readTerm === undefined) return
  while (!signal.aborted) {
    await look(run, deps.readTerm)
    // Aborting is how it ends; nothing else rejects here.
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {})
  }
}

async function look(
  { deps, state }: SiloRun,
  readTerm: () => Promise<number | undefined>,
): Promise<void> {
  try {
    const term = (await readTerm()) ?? 0
    const now = state.get()
    const heard = now.rounds.term
    if (heard < term) state.set({ ...now, rounds: raiseTerm(now.rounds, term) })
    if (heard > term && term > 0) {
      deps.logger.warn(
        { heard, term },
        'the aggregator speaks in a term that this chain does not know',
      )
    }
  } catch (error) {
    if (!(error instanceof FedError)) throw error
    deps.logger.debug({ code: error.code }, 'the chain does not say who leads')
  }
}
