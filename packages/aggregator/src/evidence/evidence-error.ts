import { FedError } from '@fednode/protocol'

export type EvidenceErrorInfo =
  /** Not the canonical encoding of a bundle of this version. */
  { code: 'EVIDENCE_MALFORMED'; reason: string }

/** Why bytes are no evidence bundle. */
export class EvidenceError extends FedError<EvidenceErrorInfo> {
  override name = 'EvidenceError'
}
