import type { FeatureValues } from '../data/row-file.ts'
import type { Dataset, TrainingRows } from '../types.ts'
import { createStreamedWindows } from './streamed-windows.ts'

/** Some rows of a pass, in memory, and the order in which the pass goes over them. */
export type RowWindow = {
  /** Valid until the next window is asked for. */
  readonly data: Dataset
  /** Rows of `data`. */
  readonly rows: Uint32Array
}

/** The rows of a pass one part after the other: together all of them, in the order asked for. */
export type RowWindows = {
  /**
   * @param order - rows of the data set, each at most once; not changed until the last window is there.
   * @param signal - once it fires, rows may be any: whoever asks has to look at it before using them.
   * @throws {UserError} DATA_DISK_FULL, DATA_DISK_FAILED.
   */
  of(order: Uint32Array, signal?: AbortSignal): AsyncIterable<RowWindow>
  close(): void
}

/** How rows are cut into windows. */
export type WindowOptions = {
  readonly batchSize: number
  /** Refuses features of a file that a model cannot take, by throwing. */
  readonly check: (features: FeatureValues) => void
}

/** Windows of whole batches, but for the last of a pass: one of everything for rows in memory, as many as it takes for those in a file. */
export function createRowWindows(data: TrainingRows, options: WindowOptions): RowWindows {
  return 'features' in data ? wholeWindow(data) : createStreamedWindows(data, options)
}

function wholeWindow(data: Dataset): RowWindows {
  return {
    async *of(rows) {
      yield { data, rows }
    },
    close() {},
  }
}
