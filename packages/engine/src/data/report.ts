/** What one column of a data file holds; min, max and mean are over the cells that have a number. */
export type ColumnReport = {
  readonly name: string
  readonly type: 'number' | 'integer' | 'category'
  readonly unit?: string
  readonly missing: number
  readonly min?: number
  readonly max?: number
  readonly mean?: number
  /** Rows per category, in the order of the manifest. */
  readonly categories?: readonly { readonly name: string; readonly count: number }[]
}

/** Something that a silo's administrator should know of his rows, though they can be trained on. */
export type DataWarning = {
  readonly code: 'DATA_ONE_CLASS' | 'DATA_CONSTANT_LABEL' | 'DATA_NO_EVENTS'
  readonly text: string
}

/** What a data file holds, for the silo's administrator; nothing of it leaves the silo. */
export type DataReport = {
  readonly file: string
  /** Rows in the file; readings in that of a series. */
  readonly rows: number
  /** Rows that training uses; windows of a series. */
  readonly used: number
  /** Rows left out for a missing value; windows left out for a gap or a missing reading. */
  readonly dropped: number
  /** Empty for arrays and texts. */
  readonly columns: readonly ColumnReport[]
  /** Used rows per class, in the order of the manifest; with and without the event where it is survival; otherwise empty. */
  readonly labels: readonly { readonly name: string; readonly count: number }[]
  /** The label where it is a number, or the time that was watched. */
  readonly label?: ColumnReport
  /** Different groups, where the manifest has group columns. */
  readonly groups?: number
  readonly warnings: readonly DataWarning[]
}
