import { pickTargets } from '../data/pick-targets.ts'
import type { Dataset } from '../types.ts'

/** Some rows of a data set, in the order given; a copy. */
export function pickRows(data: Dataset, rows: Uint32Array): Dataset {
  const { features, count, targets, groups, ...rest } = data
  const width = features.length / count
  const picked =
    features instanceof Uint8Array
      ? new Uint8Array(rows.length * width)
      : new Float32Array(rows.length * width)
  rows.forEach((row, i) => {
    picked.set(features.subarray(row * width, (row + 1) * width), i * width)
  })
  return {
    ...rest,
    count: rows.length,
    features: picked,
    targets: pickTargets(targets, rows),
    ...(groups && { groups: Int32Array.from(rows, (row) => groups[row] as number) }),
  }
}
