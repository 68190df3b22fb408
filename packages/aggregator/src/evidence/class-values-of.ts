import { fromPico } from '@fednode/protocol'
import { deriveSeed } from '../assessment/derive-seed.ts'
import { classValues } from '../contribution/retrospective/class-values.ts'
import { decodeCoalitions } from './coalition-bytes.ts'
import type { Evidence } from './evidence.ts'

/**
 * What each silo of a round added to the recall of every class, from the round's bundle alone.
 * @returns one list per class, one value per silo of the bundle in each; undefined when classes were not measured.
 * @throws {AggregatorError} CLASSES_UNKNOWN for tmc and gtg. {EvidenceError} EVIDENCE_MALFORMED.
 */
export async function classValuesOf(
  evidence: Evidence,
): Promise<readonly (readonly number[])[] | undefined> {
  const { silos, estimator, evaluations, seed, classesPico } = evidence
  if (classesPico === undefined || classesPico.length === 0) return undefined
  const coalitions = decodeCoalitions(evidence.coalitions, silos.length)
  return classValues({
    estimator,
    players: silos.length,
    measured: coalitions.map((coalition, at) => ({
      coalition,
      classes: (classesPico[at] ?? []).map(fromPico),
    })),
    evaluations,
    seed: deriveSeed(seed, 'coalitions'),
    samples: silos.map(({ samples }) => samples),
  })
}
