import type { Dataset, StreamedDataset } from '../types.ts'

/** Collects rows of unknown number while a file is read. */
export type RowBuffer<Row, Kept> = {
  /** Room for one row, all zero; asked for again before keep(), the same room is cleared and reused. */
  next(): Row
  /** Keeps the row just filled. */
  keep(): void
  finish(): { readonly kept: Kept; readonly count: number }
}

/** Where the features of a data set go while it is read. `name` is the file's, for errors. */
export type RowKeeper<Kept extends object> = {
  floats(width: number, name: string): RowBuffer<Float32Array, Kept>
  bytes(width: number, name: string): RowBuffer<Uint8Array, Kept>
  /** Takes rows of bytes that are in memory already. */
  adopt(rows: Uint8Array, width: number, name: string): Kept
}

/** Features that stay in memory. */
export type KeptInMemory = Pick<Dataset, 'features'>

/** Features that went to a file because they were too many. */
export type KeptInFile = Pick<StreamedDataset, 'file'>
