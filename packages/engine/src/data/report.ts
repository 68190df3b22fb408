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

/** What a data file holds, for the silo's administrator; nothing of it leaves the silo. */
export type DataReport = {
  readonly file: string
  /** Rows in the file. */
  readonly rows: number
  /** Rows that training uses. */
  readonly used: number
  /** Rows left out for a missing value. */
  readonly dropped: number
  /** Empty for arrays. */
  readonly columns: readonly ColumnReport[]
  /** Used rows per class, in the order of the manifest. */
  readonly labels: readonly { readonly name: string; readonly count: number }[]
}
