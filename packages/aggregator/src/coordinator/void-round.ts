import type { Weights } from '@fednode/protocol'
import { chooseEstimator } from '../contribution/choose-estimator.ts'
import { encodeEvidence } from '../evidence/encode-evidence.ts'
import type { VoidReason } from '../evidence/evidence.ts'
import type { AssessedRound } from '../journal/round-record.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import { anchoring } from './anchoring.ts'
import type { Run } from './coordinator.ts'
import { evidenceOf } from './round-evidence.ts'
import { siloSeconds } from './silo-seconds.ts'

/** Pays nobody and keeps the old model; the pot is carried to the next round. */
export async function voidRound(
  run: Run,
  open: OpenRound,
  parts: {
    readonly base: Weights
    readonly updates: readonly JournaledUpdate[]
    readonly reason: VoidReason
  },
): Promise<void> {
  const { base, updates, reason } = parts
  const { engine, blobs, journal } = run.deps
  const { validation } = run.state
  const { contribution } = run.options.manifest
  const scoring = { utility: contribution.utility }
  const { metrics, loss, utility } = engine.evaluate(run.model, base, validation, scoring)
  const state = [...(journal.record(open.round - 1)?.strategyState ?? [])]
  const nothing = updates.map(() => 0)
  const evidence = await blobs.put(
    encodeEvidence({
      ...evidenceOf(run, open, { model: open.base, updates, stateAfter: state }),
      countedPico: [],
      estimator: chooseEstimator(contribution.estimator, updates.length, contribution.budget),
      evaluations: 0,
      stoppedBy: 'complete',
      coalitions: new Uint8Array(),
      utilitiesPico: [],
      valuesPico: nothing,
      standardErrorsPico: nothing,
      shares: new Array<number>(run.deps.registry.clientCount).fill(0),
      voidReason: reason,
    }),
  )
  const record: AssessedRound = {
    round: open.round,
    model: open.base,
    evidence,
    strategyState: state,
    metrics,
    loss,
    utilityBefore: utility,
    utilityAfter: utility,
    contributions: [],
    seconds: { ...siloSeconds(open, updates, run), aggregate: 0, assess: 0 },
    void: true,
  }
  journal.endRound(record, anchoring(run.deps, [{ step: 'void' }]))
}
