import {
  MAX_SAMPLES,
  MAX_STATISTICS_BYTES,
  openRound,
  type RoundState,
  STATISTICS_ROUND,
} from '@fednode/protocol'
import { aborted } from '../coordinator/aborted.ts'
import { collectUpdates } from '../coordinator/collect-updates.ts'
import type { Run } from '../coordinator/coordinator.ts'
import { endInTime } from '../coordinator/end-in-time.ts'
import { ANNOUNCE_MS, keepSaying } from '../coordinator/publish.ts'
import { createRoundClock } from '../coordinator/round-clock.ts'
import { statisticsOpenOf } from '../coordinator/statements.ts'
import { statisticsIntake } from './statistics-intake.ts'

/** Asks all silos for their statistics until everybody has sent some, or the time of a round is over. */
export async function collectStatistics(run: Run): Promise<void> {
  const { deps, options } = run
  const deadline = deps.now() + options.manifest.rounds.deadlineSeconds * 1_000
  const state = stateOf(run, deadline)
  const clock = createRoundClock(deps)
  const intake = statisticsIntake(run, state.plan)
  const collecting = collectUpdates(run, state, { clock, intake })
  run.state.collecting = collecting
  run.state.asking = { deadline }
  const over = new AbortController()
  const signal = AbortSignal.any([run.signal, over.signal])
  const everyMs = options.announceMs ?? ANNOUNCE_MS
  const saying = keepSaying(run, () => statisticsOpenOf(run, deadline), { everyMs, signal })
  const timing = endInTime(run, { round: STATISTICS_ROUND, collecting }, signal)
  // What was accepted before a crash may be all.
  collecting.resume()
  try {
    await Promise.race([collecting.ended, aborted(run.signal)])
  } finally {
    over.abort()
    await Promise.all([saying, timing])
  }
}

/** The rules of a round hold: one answer a silo, checked, in time. */
function stateOf({ deps, options, state }: Run, deadline: number): RoundState {
  const members = new Map(deps.registry.members().map(({ name, peerId }) => [name, peerId]))
  return openRound(
    {
      round: STATISTICS_ROUND,
      term: state.term,
      base: options.manifestCid,
      deadline,
      minSilos: options.manifest.rounds.minSilos,
      targetSilos: members.size,
      members,
      maxSamples: options.manifest.limits.maxRows ?? MAX_SAMPLES,
      maxUpdateBytes: MAX_STATISTICS_BYTES,
    },
    deps.journal.statistics(),
  )
}
