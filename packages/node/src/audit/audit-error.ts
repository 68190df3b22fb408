import { FedError } from '@fednode/protocol'

export type AuditErrorInfo =
  /** An entry could not be brought to the disk; what it was to record did not leave. */
  { code: 'AUDIT_WRITE_FAILED'; file: string; reason: string }

/** What leaves cannot be written down. */
export class AuditError extends FedError<AuditErrorInfo> {
  override name = 'AuditError'
}
