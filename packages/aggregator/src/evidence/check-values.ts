import type { Manifest } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'
import { boundedPico } from '../assessment/bounded-pico.ts'
import { payOf } from '../assessment/pay-of.ts'
import { everyone } from '../contribution/coalition-bits.ts'
import type { Estimate } from '../contribution/estimator.ts'
import { sharesByClient } from '../contribution/shares-by-client.ts'
import { decodeCoalitions } from './coalition-bytes.ts'
import type { Evidence } from './evidence.ts'
import { EvidenceError } from './evidence-error.ts'
import type { EvidenceFault } from './evidence-fault.ts'
import { estimatorOf, replayEstimate } from './replay-estimate.ts'

/** Whether estimator, values, errors, shares and a void round's reason follow from the stated utilities, bit for bit (T35). */
export async function checkValues(
  evidence: Evidence,
  manifest: Manifest,
): Promise<EvidenceFault[]> {
  const { voidReason } = evidence
  if (voidReason !== undefined && voidReason !== 'NO_GAIN')
    return checkUnmeasured(evidence, manifest)
  const utilities = utilitiesOf(evidence)
  if (utilities instanceof EvidenceError) {
    return [{ code: 'BAD_COALITIONS', detail: utilities.message }]
  }
  const faults = checkCoalitions(evidence, utilities)
  if (faults.length > 0) return faults
  const expected = estimatorOf(manifest, evidence.silos.length)
  if (evidence.estimator !== expected) {
    return [{ code: 'WRONG_ESTIMATOR', detail: `${evidence.estimator}, not ${expected}` }]
  }
  const replayed = await replay(evidence, manifest, utilities)
  if (!('values' in replayed)) return [replayed]
  return [
    ...checkEnd(evidence, manifest),
    ...checkEstimate(evidence, replayed, utilities),
    ...checkShares(evidence, manifest),
  ]
}

/** The stated utilities by coalition, or why they cannot be read. */
export function utilitiesOf(evidence: Evidence): ReadonlyMap<bigint, number> | EvidenceError {
  try {
    const coalitions = decodeCoalitions(evidence.coalitions, evidence.silos.length)
    return new Map(coalitions.map((coalition, i) => [coalition, evidence.utilitiesPico[i] ?? 0]))
  } catch (error) {
    if (error instanceof EvidenceError) return error
    throw error
  }
}

/** Nothing was measured, so nothing is paid; the stated reason is checked as far as the bundle alone can tell. */
function checkUnmeasured(evidence: Evidence, { rounds }: Manifest): EvidenceFault[] {
  const { silos, voidReason, valuesPico, standardErrorsPico, shares } = evidence
  const paid = [...valuesPico, ...standardErrorsPico, ...shares].some((value) => value !== 0)
  const isTooFew = silos.length < rounds.minSilos
  const isFalse = isTooFew !== (voidReason === 'TOO_FEW_UPDATES')
  return paid || isMeasured(evidence) || isFalse || !leavesAllAsItWas(evidence)
    ? [{ code: 'BAD_VOID' }]
    : []
}

function isMeasured(evidence: Evidence): boolean {
  const { utilitiesPico, coalitions, classesPico = [], countedPico, findings } = evidence
  const lists = [utilitiesPico, coalitions, classesPico, countedPico, findings]
  return evidence.evaluations > 0 || lists.some(({ length }) => length > 0)
}

/** Model and state: nobody makes a void round again, so whatever it left would be believed. */
function leavesAllAsItWas({ base, model, stateBefore, stateAfter }: Evidence): boolean {
  const isSameState =
    stateBefore.length === stateAfter.length &&
    stateBefore.every(({ name, blob }, i) => {
      const after = stateAfter[i]
      return after?.name === name && after.blob.cid === blob.cid
    })
  return model.cid === base.cid && isSameState
}

function checkCoalitions(
  { silos, utilitiesPico, classesPico }: Evidence,
  utilities: ReadonlyMap<bigint, number>,
): EvidenceFault[] {
  const { size } = utilities
  const isComplete =
    utilitiesPico.length === size && (classesPico === undefined || classesPico.length === size)
  if (!isComplete) return [{ code: 'UTILITIES_INCOMPLETE' }]
  const hasBoth = utilities.has(0n) && utilities.has(everyone(silos.length))
  return hasBoth ? [] : [{ code: 'BAD_COALITIONS' }]
}

async function replay(
  evidence: Evidence,
  manifest: Manifest,
  utilities: ReadonlyMap<bigint, number>,
): Promise<Estimate | EvidenceFault> {
  try {
    return await replayEstimate(evidence, manifest, utilities)
  } catch (error) {
    if (error instanceof EvidenceError) return { code: 'MISSING_UTILITY', detail: error.message }
    if (error instanceof AggregatorError) return { code: 'WRONG_ESTIMATOR', detail: error.message }
    throw error
  }
}

/** Time ends nothing where the manifest sets none. */
function checkEnd({ stoppedBy }: Evidence, { contribution }: Manifest): EvidenceFault[] {
  if (stoppedBy !== 'seconds' || contribution.budget?.seconds !== undefined) return []
  return [
    { code: 'WRONG_EVALUATIONS', detail: 'ended by time, of which the manifest says nothing' },
  ]
}

function checkEstimate(
  evidence: Evidence,
  replayed: Estimate,
  utilities: ReadonlyMap<bigint, number>,
): EvidenceFault[] {
  const { evaluations, stoppedBy, valuesPico, standardErrorsPico, silos } = evidence
  // Where time ended the first run, the number of evaluations ends the second.
  const isSameEnd = stoppedBy === 'seconds' || stoppedBy === replayed.stoppedBy
  // The empty and the full coalition are measured whether the estimator asks for them or not.
  const extra = utilities.size - replayed.evaluations
  const isSameCount =
    evaluations === replayed.evaluations && extra >= 0 && extra <= Math.min(2, 2 ** silos.length)
  const detail = `${evaluations}, ${stoppedBy}; run again: ${replayed.evaluations}, ${replayed.stoppedBy}`
  return [
    ...(isSameEnd && isSameCount ? [] : [{ code: 'WRONG_EVALUATIONS', detail } as const]),
    ...different('WRONG_VALUES', valuesPico, replayed.values.map(boundedPico), silos),
    ...different(
      'WRONG_ERRORS',
      standardErrorsPico,
      replayed.standardErrors.map(boundedPico),
      silos,
    ),
  ]
}

function checkShares(evidence: Evidence, { contribution }: Manifest): EvidenceFault[] {
  const { silos, valuesPico, shares, voidReason } = evidence
  const indexes = silos.map(({ index }) => index)
  const pay = payOf(valuesPico, contribution.minimumGain)
  const expected = sharesByClient(pay, { indexes, clients: shares.length })
  const isSame = shares.every((share, i) => share === expected[i])
  const paysNobody = shares.every((share) => share === 0)
  return [
    ...(isSame ? [] : [{ code: 'WRONG_SHARES' } as const]),
    ...(paysNobody === (voidReason === 'NO_GAIN') ? [] : [{ code: 'BAD_VOID' } as const]),
  ]
}

function different(
  code: EvidenceFault['code'],
  stated: readonly number[],
  expected: readonly number[],
  silos: Evidence['silos'],
): EvidenceFault[] {
  if (stated.length !== silos.length) return [{ code, detail: `${stated.length} numbers` }]
  return silos.flatMap(({ silo }, i) => {
    if (stated[i] === expected[i]) return []
    return [{ code, silo, detail: `${stated[i]}, not ${expected[i]}, in 1e-12` }]
  })
}
