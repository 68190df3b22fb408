import type { FeatureValues } from './row-file.ts'

/** Rows in memory up to a bound. */
export type GrowingRows<Row> = {
  /** As RowBuffer's; undefined when the next row would pass the bound. */
  next(): Row | undefined
  keep(): void
  readonly count: number
  /** Those kept. */
  rows(): Row
}

const FIRST_ROWS = 1_024

/** No rows; room for them doubles until the bound is reached. @param create - a typed array of so many zeros. */
export function createGrowingRows<Row extends FeatureValues>(
  create: (length: number) => Row,
  { width, maxBytes }: { readonly width: number; readonly maxBytes: number },
): GrowingRows<Row> {
  let values = create(0)
  let count = 0
  const part = (from: number, to: number): Row => values.subarray(from * width, to * width) as Row
  return {
    next() {
      if ((count + 1) * width > values.length) {
        const rows = Math.max(FIRST_ROWS, 2 * count)
        const most = Math.floor(maxBytes / values.BYTES_PER_ELEMENT / width)
        if (most <= count) return undefined
        const grown = create(Math.min(rows, most) * width)
        grown.set(values)
        values = grown
      }
      const room = part(count, count + 1)
      room.fill(0)
      return room
    },
    keep() {
      count++
    },
    get count() {
      return count
    },
    rows: () => part(0, count),
  }
}
