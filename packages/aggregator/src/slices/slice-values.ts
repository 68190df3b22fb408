/** Values of one slice: 128 KiB of f32 per vector, so that a few rows and their sums stay in the second-level cache. */
export const SLICE_VALUES = 32_768
/** Bytes from one row of a slice to the next. */
export const ROW_BYTES = 4 * SLICE_VALUES
