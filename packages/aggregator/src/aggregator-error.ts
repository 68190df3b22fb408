import { FedError } from '@fednode/protocol'

export type AggregatorErrorInfo =
  /** Exact assessment evaluates 2^n coalitions; n is bounded. */
  | { code: 'TOO_MANY_SILOS'; silos: number; limit: number }
  /** An estimator was given fewer evaluations than it has any estimate with. */
  | { code: 'BUDGET_TOO_SMALL'; estimator: string; minimum: number; evaluations: number }
  /** Values over all rounds need every coalition in one round at least. */
  | { code: 'COALITIONS_UNKNOWN'; unknown: number; coalitions: number }
  /** A round's evidence does not say what its values are made of, class by class. */
  | { code: 'CLASSES_UNKNOWN'; reason: string }
  /** There must be one utility per coalition, 2^n in all. */
  | { code: 'UTILITIES_LENGTH'; expected: number; actual: number }
  /** A coalition's utility is NaN or infinite: the round is void and the last good model is kept (T40). */
  | { code: 'UTILITY_NOT_FINITE'; coalition: string }
  /** An accepted update no longer passes its checks: the store or the manifest changed underneath. */
  | { code: 'UPDATE_CHANGED'; silo: string }
  /** There is no update to aggregate. */
  | { code: 'NO_UPDATES' }
  /** Two updates of one silo in one round. */
  | { code: 'SILO_TWICE'; silo: string }
  /** A vector has not the length of the incoming model; `what` names it. */
  | { code: 'LENGTHS_DIFFER'; what: string; expected: number; actual: number }
  /** Samples or local steps of an update are no positive whole number, or what they are divided by is not positive. */
  | { code: 'BAD_UPDATE_COUNT'; what: string; value: number }
  /** An update holds NaN or an infinity. */
  | { code: 'UPDATE_NOT_FINITE'; silo: string }
  /** The new model would hold NaN or an infinity: a step is too large (T40). */
  | { code: 'MODEL_NOT_FINITE' }
  /** A round's seed needs a block, and no chain has answered yet. */
  | { code: 'CHAIN_UNSEEN' }
  /** The manifest has preprocessing, and nobody gave a reader of the held-out rows. */
  | { code: 'PREPROCESSING_UNUSABLE' }
  /** Only whoever leads speaks for the federation. */
  | { code: 'NOT_LEADING' }

/** What aggregation and assessment refuse to compute. */
export class AggregatorError extends FedError<AggregatorErrorInfo> {
  override name = 'AggregatorError'
}
