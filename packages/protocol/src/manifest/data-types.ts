/** One column of the silos' tables. */
export type ColumnSpec = {
  readonly name: string
  readonly type: 'number' | 'integer' | 'category'
  /** Unit for people: "mg/dl", "years". */
  readonly unit?: string
  /** Allowed values of a category column, in the order of its one-hot encoding. */
  readonly categories?: readonly string[]
  /**
   * Room for this many categories and one more, "other", for every value that is none of them; without `categories` the silos agree on
   * them in the statistics step. The encoding has maxCategories + 1 numbers, whatever becomes of it.
   */
  readonly maxCategories?: number
  /** Categories that one silo reads as "other", because few of its rows have them; never in a manifest, see hideRare. */
  readonly rare?: readonly string[]
  /** Cell texts that mean "missing", for example "?" or "". */
  readonly missing?: readonly string[]
  readonly min?: number
  readonly max?: number
  /** Value of a missing number where data.missingRows is `impute`. @default the mean of `scale` */
  readonly impute?: number
  /** x becomes (x - mean) / deviation before training; absent: as it is. */
  readonly scale?: { readonly mean: number; readonly deviation: number }
}

/** A label that is one of some classes. */
export type ClassLabel = { readonly column: string; readonly classes: readonly string[] }

/** A label that is a number. */
export type ValueLabel = {
  readonly column: string
  /** Unit for people: "mg/dl". */
  readonly unit?: string
  readonly min?: number
  readonly max?: number
  /** What models learn is (y - mean) / deviation; metrics are in the label's own unit. */
  readonly scale?: { readonly mean: number; readonly deviation: number }
}

/** How long something was watched, and whether the event came: two columns, the second 1 (seen) or 0 (censored). */
export type SurvivalLabel = { readonly time: string; readonly event: string }

/** Rows of a table: features by column, and what the task predicts. */
export type TabularData = {
  readonly kind: 'table'
  readonly columns: readonly ColumnSpec[]
  /** Absent for anomaly detection only. */
  readonly label?: ClassLabel | ValueLabel | SurvivalLabel
  /** Columns that name what rows belong together (a patient): never on both sides of a split. */
  readonly group?: readonly string[]
  /** Column that says whose a row is: `fednode up` splits one file by it. Silos' own files need not have it. */
  readonly silo?: string
  /** What happens to a row with a missing value; `impute`: a number takes its column's `impute` or else its mean, a category none of its values. */
  readonly missingRows: 'drop' | 'refuse' | 'impute'
}

/** Arrays of bytes: `features` U8 [n, ...shape] (divided by 255) and `labels` U8 [n], from safetensors, IDX or a folder of images. */
export type ArrayData = {
  readonly kind: 'array'
  readonly shape: readonly number[]
  /** Absent for anomaly detection only. */
  readonly classes?: readonly string[]
}

/** Measurements at equal steps of time: `past` of them predict the label `horizon` steps after the last. */
export type SeriesData = {
  readonly kind: 'series'
  /** Numbers of one step, oldest step first. */
  readonly columns: readonly ColumnSpec[]
  readonly label: ValueLabel
  /** Column of ISO times or seconds. */
  readonly time: string
  /** Columns that name one series: windows never cross from one to another. */
  readonly group?: readonly string[]
  /** Column that says whose a row is: `fednode up` splits one file by it. Silos' own files need not have it. */
  readonly silo?: string
  /** Time from one reading to the next, seconds; a window with a gap or a missing reading is left out. */
  readonly stepSeconds: number
  readonly past: number
  readonly horizon: number
  /**
   * The model reads and predicts changes, each divided by this part of its column's deviation: of every reading but the last the step to
   * the next one, and the label less its last reading. Readings that hardly differ from one to the next are learned much faster so.
   * Absent: readings as they are.
   */
  readonly changeScale?: number
}

/** Texts as ids of their first words: hashed into `buckets`, 0 after the last (feature hashing, Weinberger et al. 2009). */
export type TextData = {
  readonly kind: 'text'
  readonly column: string
  readonly label: ClassLabel
  /** Column that says whose a row is: `fednode up` splits one file by it. Silos' own files need not have it. */
  readonly silo?: string
  /** Words of one text that are read. */
  readonly tokens: number
  readonly buckets: number
}

/** What silos' rows look like. */
export type DataSpec = TabularData | ArrayData | SeriesData | TextData

/** What a federation learns. */
export type TaskName = 'classification' | 'regression' | 'survival' | 'anomaly'

/** Which values of a silo's rows others may learn of. */
export type CategoryTerms = {
  /** A value that fewer rows of a silo have does not leave it; groups, where data.group says what rows belong together. @default 10 */
  readonly minimumRows?: number
  /** A value that fewer silos sent is no category. @default 2 */
  readonly minimumSilos?: number
}

/** What silos agree on before round 1 without showing a row: pooled statistics fill the schema in, see fillData. */
export type PreprocessingSpec = {
  /** Number columns, and a label that is a number, get the pooled mean and deviation where they have no `scale`. */
  readonly standardise: boolean
  /** Number columns get the pooled mean as `impute` where they have none. */
  readonly impute: boolean
  /** Least number of values behind a statistic that leaves a silo, 10 or more. @default 10 */
  readonly minimumRows?: number
  /** How the categories of columns with `maxCategories` and without `categories` are agreed on. */
  readonly categories?: CategoryTerms
}
