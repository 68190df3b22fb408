import { FedError } from '@fednode/protocol'

export type EvidenceErrorInfo =
  /** Not the canonical encoding of a bundle of this version. */
  | { code: 'EVIDENCE_MALFORMED'; reason: string }
  /** More bytes than a bundle may have: nobody would read it. */
  | { code: 'EVIDENCE_TOO_LARGE'; size: number; limit: number }
  /** The estimator asks for a coalition whose utility the bundle does not state. */
  | { code: 'UTILITY_MISSING'; coalition: string }

/** Why bytes are no evidence bundle, or a bundle is not complete. */
export class EvidenceError extends FedError<EvidenceErrorInfo> {
  override name = 'EvidenceError'
}
