import { allFinite } from './all-finite.ts'
import { eachSlice } from './each-slice.ts'
import type { UpdateSource } from './types.ts'

/** The first update that holds NaN or an infinity. */
export function findNotFinite(updates: readonly UpdateSource[]): UpdateSource | undefined {
  return updates.find((update) => {
    let isSound = true
    eachSlice(update.length, (start, count) => {
      const values = new Float32Array(count)
      update.read(start, values)
      isSound &&= allFinite(values)
    })
    return !isSound
  })
}
