import { setImmediate as nextTurn } from 'node:timers/promises'
import { SLICE_VALUES } from '../slices/slice-values.ts'

/** Works on the values [start, start + count). */
export type SliceWork = (start: number, count: number) => void

/** Works on all slices in ascending order. */
export function eachSlice(length: number, work: SliceWork): void {
  for (let start = 0; start < length; start += SLICE_VALUES)
    work(start, Math.min(SLICE_VALUES, length - start))
}

/** As eachSlice, but the event loop gets its turn after every slice: gossip stays alive while a large model is aggregated. */
export async function eachSliceInTurns(length: number, work: SliceWork): Promise<void> {
  for (let start = 0; start < length; start += SLICE_VALUES) {
    work(start, Math.min(SLICE_VALUES, length - start))
    await nextTurn()
  }
}
