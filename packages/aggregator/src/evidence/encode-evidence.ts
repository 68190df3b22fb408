import { encodeCanonical } from '@fednode/protocol'
import type { Evidence } from './evidence.ts'
import { EvidenceError } from './evidence-error.ts'

/** Largest bundle: 100 silos with both envelopes, 65,538 utilities of 10 classes each. */
export const MAX_EVIDENCE_BYTES = 16_777_216

/**
 * The bundle as it is stored and named: canonical DAG-CBOR, the same bytes for the same content.
 * @throws {EvidenceError} EVIDENCE_TOO_LARGE.
 */
export function encodeEvidence(evidence: Evidence): Uint8Array {
  const bytes = encodeCanonical(evidence)
  const { length: size } = bytes
  if (size <= MAX_EVIDENCE_BYTES) return bytes
  const message = `the evidence of round ${evidence.round} has ${size} bytes, at most ${MAX_EVIDENCE_BYTES} are read: set contribution.budget.evaluations lower or contribution.classWise to false`
  throw new EvidenceError(message, { code: 'EVIDENCE_TOO_LARGE', size, limit: MAX_EVIDENCE_BYTES })
}
