import { pickTargets } from '../data/pick-targets.ts'
import type { StreamedDataset, TrainingRows } from '../types.ts'
import { pickRows } from './pick-rows.ts'

/** Rows that are read at once. */
const BLOCK_BYTES = 1_048_576

/**
 * A copy of some rows where the others are: in memory, or in a file that the caller closes.
 * @param rows - ascending.
 * @throws {UserError} DATA_DISK_FULL, DATA_DISK_FAILED.
 */
export async function keepHeldRows(data: TrainingRows, rows: Uint32Array): Promise<TrainingRows> {
  return 'features' in data ? pickRows(data, rows) : copyRows(data, rows)
}

async function copyRows(data: StreamedDataset, rows: Uint32Array): Promise<StreamedDataset> {
  const { file, count, featureShape, featureScale, targets, groups } = data
  const { width } = file
  const copy = file.another()
  try {
    const block = file.allocate(Math.max(1, Math.floor(BLOCK_BYTES / file.rowBytes)))
    const blockRows = block.length / width
    let taken = 0
    for (let start = 0; start < count; start += blockRows) {
      const end = Math.min(count, start + blockRows)
      if ((rows[taken] ?? count) >= end) continue
      await file.read(start, block.subarray(0, (end - start) * width))
      const before = taken
      for (; (rows[taken] ?? count) < end; taken++) {
        const at = ((rows[taken] as number) - start) * width
        block.copyWithin((taken - before) * width, at, at + width)
      }
      await copy.write(before, block.subarray(0, (taken - before) * width))
    }
  } catch (error) {
    copy.close()
    throw error
  }
  return {
    ...{ count: rows.length, featureShape, featureScale, file: copy },
    targets: pickTargets(targets, rows),
    ...(groups && { groups: Int32Array.from(rows, (row) => groups[row] as number) }),
  }
}
