import type { Dataset, TrainingRows } from '../types.ts'

/**
 * The same rows with all features in memory; a file that they were in is closed.
 * @throws {UserError} DATA_DISK_FAILED.
 */
export async function readIntoMemory(data: TrainingRows): Promise<Dataset> {
  if ('features' in data) return data
  const { file, ...rest } = data
  try {
    const features = file.allocate(data.count)
    await file.read(0, features)
    return { ...rest, features }
  } finally {
    file.close()
  }
}
