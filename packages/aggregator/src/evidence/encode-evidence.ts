import { encodeCanonical } from '@fednode/protocol'
import type { Evidence } from './evidence.ts'

/** The bundle as it is stored and named: canonical DAG-CBOR, the same bytes for the same content. */
export function encodeEvidence(evidence: Evidence): Uint8Array {
  return encodeCanonical(evidence)
}
