/** Something that the administrator of a silo should know before taking part (T36, T37). */
export type PlanWarning = {
  readonly code: (typeof PLAN_FLOORS)[number] | PlanConcern | PlanBound
  /**
   * floor: rows would be recognised in what is sent; refused unless the administrator names the code (`--force CODE`).
   * refuse: taking part would break the manifest's own bounds, which everybody agreed to.
   */
  readonly severity: 'warn' | 'floor' | 'refuse'
  readonly text: string
}

/** Floors that an administrator may go below by name. */
export const PLAN_FLOORS = [
  'PLAN_TINY_BATCH',
  'PLAN_ONE_SMALL_STEP',
  'PLAN_HANDFUL_OF_ROWS',
  'PLAN_LABEL_IS_ID',
  'PLAN_RARE_VALUES',
] as const

type PlanConcern =
  | 'PLAN_SMALL_BATCH'
  | 'PLAN_ONE_STEP'
  | 'PLAN_FEW_ROWS'
  | 'PLAN_TINY_COHORT'
  | 'PLAN_RARE_CATEGORY'
  | 'PLAN_OWN_VALUES'
  | 'PLAN_WORDS_SHOW'
  | 'PLAN_MANY_WEIGHTS'
  | 'PLAN_MEASURED_AS_GIVEN'

type PlanBound = 'PLAN_BELOW_MINIMUM_ROWS' | 'PLAN_ABOVE_MAXIMUM_ROWS'

type Counted = { readonly name: string; readonly count: number }

/** What is known of the silo's own rows; nothing of it leaves the silo. */
export type OwnRows = {
  /** Rows that training uses. */
  readonly used: number
  readonly columns?: readonly { readonly name: string; readonly categories?: readonly Counted[] }[]
  /** Rows per class of the label. */
  readonly labels?: readonly Counted[]
}

/** "1 row", "12 rows". */
export function rowsText(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}
