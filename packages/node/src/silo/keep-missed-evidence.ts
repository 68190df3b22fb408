import { setTimeout as sleep } from 'node:timers/promises'
import { keepEvidence } from './keep-evidence.ts'
import type { SiloRun } from './silo.ts'

/** How often it is looked whether the aggregator is there, in ms. */
const LOOK_MS = 250

/**
 * Fetches the evidence of the last round that is over when the store lacks it, whole: it was on its way when the silo was killed, and nobody
 * says its result again (T60). Waits for the aggregator; ends with the silo.
 */
export async function keepMissedEvidence(run: SiloRun): Promise<void> {
  const { deps, host, signal } = run
  const last = deps.journal.lastResult()
  if (last?.evidence === undefined) return
  while (!signal.aborted && !host.isConnected(deps.registry.federatorPeerId)) {
    // Aborting is how the wait ends early; nothing else rejects here.
    await sleep(LOOK_MS, undefined, { signal }).catch(() => {})
  }
  if (!signal.aborted) await keepEvidence(run, { ...last, evidence: last.evidence })
}
