import { FedError } from '@fednode/protocol'

export type AggregatorErrorInfo =
  /** Exact assessment evaluates 2^n coalitions; n is bounded. */
  | { code: 'TOO_MANY_SILOS'; silos: number; limit: number }
  /** There must be one utility per coalition, 2^n in all. */
  | { code: 'UTILITIES_LENGTH'; expected: number; actual: number }
  /** A coalition's utility is NaN or infinite: the round is void and the last good model is kept (T40). */
  | { code: 'UTILITY_NOT_FINITE'; coalition: number }
  /** An accepted update no longer passes its checks: the store or the manifest changed underneath. */
  | { code: 'UPDATE_CHANGED'; silo: string }

/** What aggregation and assessment refuse to compute. */
export class AggregatorError extends FedError<AggregatorErrorInfo> {
  override name = 'AggregatorError'
}
