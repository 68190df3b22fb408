import type { DataErrorCode } from './data-error.ts'

/** What can be wrong with one cell. */
export type FaultRule =
  | 'empty'
  | 'not-a-number'
  | 'not-an-integer'
  | 'too-large'
  | 'below-minimum'
  | 'above-maximum'
  | 'unknown-category'
  | 'unknown-class'
  | 'missing'
  | 'not-a-time'

/** One way in which cells of one column can be wrong: made once for a column, told of every such cell. */
export type Fault = {
  readonly code: DataErrorCode
  /** 'column "age"' or 'label "ill"', safe for a terminal. */
  readonly where: string
  /** Name of the column. */
  readonly column: string
  readonly rule: FaultRule
  /** What is wrong, without the cell: "not a number (mg/dl)". */
  readonly rough: string
  /** What is wrong with a cell, with its text. */
  problem(text: string): string
  hint(text: string): string
}
