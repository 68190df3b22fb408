import {
  type BlobRef,
  encodeManifest,
  encodeSignedMessage,
  signMessage,
  toPico,
} from '@fednode/protocol'
import type { AggregatedRound } from '../assessment/aggregate-round.ts'
import type { RoundAssessment } from '../assessment/assess-round.ts'
import { seedOf } from '../assessment/seed-of.ts'
import type { StateRef } from '../assessment/strategy-state.ts'
import { localSteps } from '../assessment/update-sources.ts'
import type { Finding } from '../detection/finding.ts'
import { encodeCoalitions } from '../evidence/coalition-bytes.ts'
import { EVIDENCE_VERSION, type Evidence } from '../evidence/evidence.ts'
import type { OpenRound } from '../journal/rounds.ts'
import type { JournaledUpdate } from '../journal/updates.ts'
import type { Run } from './coordinator.ts'
import { roundOpenOf } from './statements.ts'

/** What of a bundle is measured, and not given. */
type Measured = Pick<
  Evidence,
  | 'countedPico'
  | 'estimator'
  | 'evaluations'
  | 'stoppedBy'
  | 'coalitions'
  | 'utilitiesPico'
  | 'classesPico'
  | 'valuesPico'
  | 'standardErrorsPico'
  | 'voidReason'
>

/** The part of a round's evidence that does not depend on what came out of it. */
export function evidenceOf(
  run: Run,
  open: OpenRound,
  parts: {
    readonly model: BlobRef
    readonly updates: readonly JournaledUpdate[]
    readonly stateAfter: readonly StateRef[]
    readonly findings?: readonly Finding[]
  },
): Omit<Evidence, keyof Measured | 'shares'> {
  const { options, deps, state } = run
  const { manifest, manifestCid, chainId, scenario, software } = options
  const { indexes } = placesOf(run, parts.updates)
  const last = deps.journal.record(open.round - 1)
  return {
    version: EVIDENCE_VERSION,
    software,
    manifest: manifestCid,
    manifestBytes: encodeManifest(manifest).bytes,
    ...{ chainId, scenario, term: state.term, round: open.round },
    ...(last === undefined ? {} : { previous: last.evidence }),
    base: open.base,
    model: parts.model,
    stateBefore: [...(last?.strategyState ?? [])],
    stateAfter: [...parts.stateAfter],
    roundOpen: encodeSignedMessage(signMessage(roundOpenOf(run, open), deps.peerKey)),
    reveal: open.reveal,
    seed: seedOf(open.reveal, open.block),
    backend: deps.engine.evaluationBackend,
    silos: parts.updates.map(({ silo, samples, update, announcement, receipt }, i) => ({
      ...{ silo, samples, update, announcement, receipt },
      steps: localSteps(manifest.training, samples),
      index: indexes[i] ?? 0,
    })),
    findings: [...(parts.findings ?? [])],
  }
}

/** What was measured of a round, as it stands in its evidence. */
export function assessedEvidence(
  assessment: RoundAssessment,
  { counted }: AggregatedRound,
): Measured {
  const { measured, valuesPico, standardErrorsPico, estimator, evaluations, stoppedBy } = assessment
  const coalitions = measured.map(({ coalition }) => coalition)
  const classes = measured.flatMap(({ classesPico }) => (classesPico ? [[...classesPico]] : []))
  return {
    ...{ estimator, evaluations, stoppedBy },
    countedPico: counted.map(toPico),
    coalitions: encodeCoalitions(coalitions, valuesPico.length),
    utilitiesPico: measured.map(({ utilityPico }) => utilityPico),
    ...(classes.length === 0 ? {} : { classesPico: classes }),
    valuesPico: [...valuesPico],
    standardErrorsPico: [...standardErrorsPico],
    ...(assessment.shares.every((share) => share === 0) ? { voidReason: 'NO_GAIN' } : {}),
  }
}

/** Which client of the Scenario each update belongs to, and how many clients there are. */
export function placesOf(
  { deps }: Run,
  updates: readonly JournaledUpdate[],
): { readonly indexes: readonly number[]; readonly clients: number } {
  const members = deps.registry.members()
  const indexOf = new Map(members.map(({ name, index }) => [name, index]))
  return {
    indexes: updates.map(({ silo }) => indexOf.get(silo) ?? Number.NaN),
    clients: deps.registry.clientCount,
  }
}
