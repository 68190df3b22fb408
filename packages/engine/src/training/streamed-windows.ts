import { pickTargets } from '../data/pick-targets.ts'
import type { FeatureValues, RowFile } from '../data/row-file.ts'
import type { StreamedDataset } from '../types.ts'
import type { RowWindow, RowWindows, WindowOptions } from './row-windows.ts'
import { scatterRows } from './scatter-rows.ts'

/**
 * Windows of rows that lie in a file, for any order of them. An external distribution sort (Knuth, TAOCP 3, section 5.4.9): the file is read once
 * from its beginning to its end and every row goes to the window that its place in the order falls into, the first window in memory, the others
 * one behind the other in a scratch file; then window after window is read. The order is exactly the one asked for, so a training gives the
 * bits that it gives with all rows in memory, whatever the windows' size.
 */
export function createStreamedWindows(
  data: StreamedDataset,
  { batchSize, check }: WindowOptions,
): RowWindows {
  const { file, count } = data
  const windowRows = rowsOfWindow(file, batchSize)
  let scratch: RowFile | undefined
  return {
    async *of(order, signal) {
      const windows = Math.ceil(order.length / windowRows)
      if (windows > 1) scratch ??= file.another()
      const first = file.allocate(Math.min(windowRows, order.length))
      await scatterRows({ file, count, order, windowRows, first, scratch, signal })
      for (let number = 0; number < windows; number++) {
        const start = number * windowRows
        const part = order.subarray(start, start + windowRows)
        const features = first.subarray(0, part.length * file.width)
        if (number > 0) await scratch?.read(start, features)
        check(features)
        yield windowOf(data, part, features)
      }
    },
    close: () => scratch?.close(),
  }
}

/** Whole batches, so that only the last batch of a pass is smaller, and at least one. */
function rowsOfWindow({ windowBytes, rowBytes }: RowFile, batchSize: number): number {
  return Math.max(1, Math.floor(windowBytes / rowBytes / batchSize)) * batchSize
}

/** Rows arrived in the order of the file. */
function windowOf(data: StreamedDataset, part: Uint32Array, features: FeatureValues): RowWindow {
  const { featureShape, featureScale, targets } = data
  const arrived = part.toSorted()
  return {
    data: {
      ...{ count: part.length, featureShape, features, featureScale },
      targets: pickTargets(targets, arrived),
    },
    rows: part.map((row) => indexOf(arrived, row)),
  }
}

/** Binary search of a number that is there. */
function indexOf(ascending: Uint32Array, value: number): number {
  let from = 0
  let to = ascending.length - 1
  while (from < to) {
    const middle = (from + to) >>> 1
    if ((ascending[middle] as number) < value) from = middle + 1
    else to = middle
  }
  return from
}
