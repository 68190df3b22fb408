import { FedError } from '../../../packages/protocol/src/index.ts'

/** Why a federation under faults counts as lost. */
export type FaultErrorInfo =
  /** A process ended otherwise than it was made to. */
  | { readonly code: 'PROCESS_FAILED' }
  /** Something did not happen in time. */
  | { readonly code: 'FAULT_TIMEOUT' }
  /** What is left at the end is not what it has to be. */
  | { readonly code: 'WRONG_OUTCOME' }

/** A federation did not survive a fault. */
export class FaultError extends FedError<FaultErrorInfo> {
  override name = 'FaultError'
}
