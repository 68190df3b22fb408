import { dataError } from './data-error.ts'

/** Collects rows of unknown number. */
export type RowBuffer = {
  /** Room for one row, all zero; asked for again before keep(), the same room is cleared and reused. */
  next(): Float32Array
  /** Keeps the row just filled. */
  keep(label: number): void
  finish(): { readonly features: Float32Array; readonly labels: Int32Array }
}

/** Feature values of one table: 1 GiB as float32. */
const MAX_TABLE_VALUES = 268_435_456
const FIRST_ROWS = 1_024

/** A buffer for rows of `width` features that doubles when full. */
export function createRowBuffer(width: number, file: string): RowBuffer {
  let features = new Float32Array(FIRST_ROWS * width)
  let labels = new Int32Array(FIRST_ROWS)
  let count = 0
  return {
    next() {
      if (count === labels.length) {
        if (2 * features.length > MAX_TABLE_VALUES)
          throw dataError(
            'DATA_TOO_LARGE',
            `${file}: more than ${count} rows of ${width} features`,
            {
              hint: `A table may have ${MAX_TABLE_VALUES} feature values in all.`,
            },
          )
        features = grown(features, new Float32Array(2 * features.length))
        labels = grown(labels, new Int32Array(2 * labels.length))
      }
      return features.subarray(count * width, (count + 1) * width).fill(0)
    },
    keep(label) {
      labels[count] = label
      count++
    },
    finish: () => ({ features: features.slice(0, count * width), labels: labels.slice(0, count) }),
  }
}

function grown<T extends Float32Array | Int32Array>(from: T, to: T): T {
  to.set(from)
  return to
}
