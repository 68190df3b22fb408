import { FedError } from '@fednode/protocol'

export type JournalErrorInfo =
  /** The database was written by a newer fednode. */
  | { code: 'JOURNAL_TOO_NEW'; path: string; found: number; known: number }
  /** A row does not have the form that this version writes. */
  | { code: 'JOURNAL_CORRUPT'; path: string; what: string }
  /** The journal is of another Scenario or manifest. */
  | { code: 'JOURNAL_OF_ANOTHER'; path: string; expected: string; actual: string }
  /** A state change that the journal's present state does not allow. */
  | { code: 'JOURNAL_ORDER'; what: string }

/** Why the journal cannot be used. */
export class JournalError extends FedError<JournalErrorInfo> {
  override name = 'JournalError'
}
