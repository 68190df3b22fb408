import type { DataSpec, TabularData } from '@fednode/protocol'
import type { PossibleCodes } from './infer-codes.ts'

/** What the author of a federation says of a table; the rest is guessed. */
export type TableWish = {
  /** @default guessed from the label */
  readonly task?: 'classification' | 'regression' | 'survival' | 'anomaly' | 'forecast' | undefined
  readonly label?: string | undefined
  readonly time?: string | undefined
  /** Column that says whether the event was seen at `time`: survival. */
  readonly event?: string | undefined
  readonly group?: readonly string[] | undefined
  /** Column that says whose a row is. */
  readonly silo?: string | undefined
  /** Readings that a forecast is made from, and steps it looks ahead. */
  readonly past?: number | undefined
  readonly horizon?: number | undefined
}

/** A guessed schema, and the columns that are not in it. */
export type InferredData = {
  readonly data: DataSpec
  readonly leftOut: readonly { readonly column: string; readonly reason: string }[]
  /** Number columns that may be codes of categories. */
  readonly codes: readonly PossibleCodes[]
  /** Rows without a label: silos have to leave them out. */
  readonly unlabelled: number
}

/** What tables and series have in common: whose the rows are. */
export type RowOwners = Pick<TabularData, 'group' | 'silo'>
