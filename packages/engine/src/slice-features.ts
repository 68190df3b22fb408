import type { RowRange } from './models/row-batches.ts'
import type { Features, StreamedFeatures } from './types.ts'

/**
 * Features of rows start to end - 1, in memory: those of a file are read.
 * @throws {UserError} DATA_DISK_FAILED.
 */
export function sliceFeatures(
  rows: Features | StreamedFeatures,
  { start, end }: RowRange,
): Features {
  const { featureShape, featureScale } = rows
  const part = { count: end - start, featureShape, featureScale }
  if ('features' in rows) {
    const width = rows.features.length / rows.count
    return { ...part, features: rows.features.subarray(start * width, end * width) }
  }
  const features = rows.file.allocate(part.count)
  rows.file.readNow(start, features)
  return { ...part, features }
}
