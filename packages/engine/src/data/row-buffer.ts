import { dataError } from './data-error.ts'

/** Collects rows of unknown number. */
export type RowBuffer = {
  /** Room for one row, all zero; asked for again before keep(), the same room is cleared and reused. */
  next(): Float32Array
  /** Keeps the row just filled. */
  keep(): void
  finish(): { readonly features: Float32Array; readonly count: number }
}

/** Feature values of one table: 1 GiB as float32. */
const MAX_TABLE_VALUES = 268_435_456
const FIRST_ROWS = 1_024

/** A buffer for rows of `width` features that doubles when full. @throws {UserError} DATA_TOO_LARGE. */
export function createRowBuffer(width: number, file: string): RowBuffer {
  let features = new Float32Array(FIRST_ROWS * width)
  let count = 0
  return {
    next() {
      if ((count + 1) * width > features.length)
        features = doubled(features, { count, width, file })
      return features.subarray(count * width, (count + 1) * width).fill(0)
    },
    keep() {
      count++
    },
    finish: () => ({ features: features.slice(0, count * width), count }),
  }
}

function doubled(
  features: Float32Array,
  { count, width, file }: { readonly count: number; readonly width: number; readonly file: string },
): Float32Array<ArrayBuffer> {
  if (2 * features.length > MAX_TABLE_VALUES)
    throw dataError('DATA_TOO_LARGE', `${file}: more than ${count} rows of ${width} features`, {
      hint: `A table may have ${MAX_TABLE_VALUES} feature values in all, 1 GiB of memory: give fewer rows, or a query that draws some of them.`,
    })
  const grown = new Float32Array(2 * features.length)
  grown.set(features)
  return grown
}
