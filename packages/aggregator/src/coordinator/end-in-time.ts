import { setTimeout as sleep } from 'node:timers/promises'
import { patienceFor, type Round } from '@fednode/protocol'
import { aborted } from './aborted.ts'
import type { CollectedRound } from './collect-updates.ts'
import type { Run } from './coordinator.ts'

/** How long announced updates may still arrive after the last announcement that counts, in ms. */
const FETCH_GRACE_MS = 10_000
/** How many rounds back it is looked how long updates take. */
const OBSERVED_ROUNDS = 10

/**
 * Tells a round when its patience, its deadline and its grace are over, until `signal` fires. Timers run by the monotonic clock: a wall
 * clock that is set anew ends no round (T14).
 */
export async function endInTime(
  { deps, options }: Run,
  { round, collecting }: { readonly round: Round; readonly collecting: CollectedRound },
  signal: AbortSignal,
): Promise<void> {
  const after = async (ms: number, tell: () => void): Promise<void> => {
    // Aborting is how the rest ends early; nothing else rejects here.
    await sleep(ms, undefined, { signal }).catch(() => {})
    if (!signal.aborted) tell()
  }
  const patienceMs = patienceFor(deps.journal.arrivalsSince(round - OBSERVED_ROUNDS))
  await Promise.all([
    after(options.manifest.rounds.deadlineSeconds * 1_000, collecting.deadline),
    ...(patienceMs === undefined ? [] : [after(patienceMs, collecting.patienceOver)]),
    Promise.race([collecting.draining, aborted(signal)]).then(() =>
      after(FETCH_GRACE_MS, collecting.graceOver),
    ),
  ])
}
