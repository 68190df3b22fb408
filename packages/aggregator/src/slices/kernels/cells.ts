/** Columns that are sorted at a time: with 100 rows they still fit into the first-level cache. */
export const CELL_COLUMNS = 64
/** Bytes from one row of cells to the next. */
export const CELL_BYTES = 4 * CELL_COLUMNS
