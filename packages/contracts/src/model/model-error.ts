import { FedError } from '@fednode/protocol'

/** Why the model refuses a step; where the contracts have an error of the same meaning, its name follows. */
export type ModelErrorInfo =
  /** A power does not fit (ExpOverflow, RPowOverflow). */
  | { code: 'POW_OVERFLOW' }
  /** Less than the least trade (AmountTooSmall). */
  | { code: 'TRADE_TOO_SMALL'; amount: bigint; min: bigint }
  /** More than one trade may move (AmountAboveLimit). */
  | { code: 'TRADE_ABOVE_LIMIT'; amount: bigint; max: bigint }
  /** The pool does not trade a token below its floor (BalanceBelowFloor). */
  | { code: 'BELOW_FLOOR'; token: number; balance: bigint; floor: bigint }
  /** A token is not swapped for itself (SameToken). */
  | { code: 'TOKEN_TWICE'; token: number }
  /** The pool is not open, or open already (MarketNotOpen, MarketOpen). */
  | { code: 'MARKET_STATE'; open: boolean }
  /** The token of every client that takes part is in the pool (NothingToList). */
  | { code: 'ALL_LISTED' }
  /** The pool does not hold this token (UnknownToken). */
  | { code: 'TOKEN_NOT_LISTED'; token: number }
  /** The pool sells no more of this token (TokenDelisted). */
  | { code: 'TOKEN_WAS_DELISTED'; token: number }
  /** A weight would leave its bounds (WeightOutOfRange). */
  | { code: 'WEIGHT_OUT_OF_BOUNDS'; token: number; weight: bigint }
  /** A join that is too small for one LP share (AmountZero). */
  | { code: 'NO_SHARES'; token: number }
  /** More than the holder has. */
  | { code: 'BALANCE_TOO_SMALL'; holder: string; balance: bigint; amount: bigint }
  /** Nobody of this number delegated. */
  | { code: 'UNKNOWN_DELEGATOR'; owner: number }
  /** Pages of a round come in order, each with at least one client. */
  | { code: 'PAGE_OUT_OF_ORDER'; from: number; expected: number }
  /** The dispute is not in the state for this step. */
  | { code: 'DISPUTE_STEP'; step: string }

/** The model of the contracts refuses a step that the contracts would revert. */
export class ModelError extends FedError<ModelErrorInfo> {
  override name = 'ModelError'
}
