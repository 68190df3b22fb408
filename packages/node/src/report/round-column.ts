import type { UpResult } from '../local/up-result.ts'
import type { Column } from './table.ts'

/** A row of the tables that have one per round. */
export type RoundRow = UpResult['rounds'][number]

/** Their first column. */
export const ROUND: Column<RoundRow> = {
  heading: 'round',
  cell: (record) => String(record.round),
  text: true,
}
