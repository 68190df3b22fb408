import {
  checkUpdateContent,
  type RefusalCode,
  type RoundPlan,
  type RoundState,
  type SignedMessage,
  type SiloName,
  type UpdateReady,
  type Weights,
} from '@fednode/protocol'
import type { JournaledUpdate } from '../journal/updates.ts'
import { createArrivalWatch } from './arrival-watch.ts'
import type { Run } from './coordinator.ts'
import type { CheckedBytes, FetchDecision } from './fetch-update.ts'
import { isKnownUpdate } from './is-known-update.ts'
import type { RoundClock } from './round-clock.ts'

/** What a step does with what silos send: updates of a round, or the statistics before round 1. */
export type Intake = {
  /** Whether the content may be taken. */
  check(bytes: Uint8Array, silo: SiloName): CheckedBytes
  /** Why what was fetched and fits is refused all the same. */
  refusalOf(state: RoundState, decision: FetchDecision): RefusalCode | undefined
  /** Notes that a silo announced something. */
  noteArrival(signed: SignedMessage<UpdateReady>): void
  /** Journals what is taken, before anybody hears of it. */
  keep(update: JournaledUpdate): void
}

/** The intake of a round. */
export function updateIntake(
  run: Run,
  parts: { readonly plan: RoundPlan; readonly base: Weights; readonly clock: RoundClock },
): Intake {
  const { deps, options } = run
  const { plan, base, clock } = parts
  const { limits, compression } = options.manifest
  return {
    check: (bytes) => checkUpdateContent(bytes, { base, maxNorm: limits.updateNorm, compression }),
    refusalOf: (state, decision) =>
      isKnownUpdate(run, state, decision) ? 'KNOWN_UPDATE' : undefined,
    noteArrival: createArrivalWatch(plan, { journal: deps.journal, clock, host: run.host }),
    keep(update) {
      const { round, members } = plan
      deps.journal.acceptUpdate(round, update)
      const received = deps.journal.updates(round).length
      deps.onEvent({ type: 'update', round, silo: update.silo, received, expected: members.size })
    },
  }
}
