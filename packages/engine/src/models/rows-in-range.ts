import type { Features, StreamedFeatures } from '../types.ts'
import { checkTokens } from './check-model-input.ts'
import type { ModelPlan } from './model-plan.ts'
import type { RowRange } from './row-batches.ts'

/**
 * Features of a range of rows, in memory: those of a file are read.
 * @throws {EngineError} SHAPE_MISMATCH of tokens in a file. @throws {UserError} DATA_DISK_FAILED.
 */
export function rowsInRange(
  plan: ModelPlan,
  rows: Features | StreamedFeatures,
  { start, end }: RowRange,
): Features {
  const { featureShape, featureScale } = rows
  const part = { count: end - start, featureShape, featureScale }
  if ('features' in rows) {
    const width = rows.features.length / rows.count
    return { ...part, features: rows.features.subarray(start * width, end * width) }
  }
  const features = rows.file.allocate(end - start)
  rows.file.readNow(start, features)
  checkTokens(plan, features)
  return { ...part, features }
}
