import type { DataSpec } from '@fednode/protocol'
import type { Dataset, TrainingRows } from '../types.ts'
import { keepInMemory } from './keep-in-memory.ts'
import { keepOnDisk, type RowRoom } from './keep-on-disk.ts'
import { readDataset } from './read-dataset.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import type { DataReport } from './report.ts'

/** Rows ready for training, and what the file held. */
export type LoadedDataset<Rows extends TrainingRows = Dataset> = {
  readonly dataset: Rows
  readonly report: DataReport
}

/**
 * Reads a silo's data by the manifest's schema; see docs/DATA.md for the formats. All of it stays in memory. Row numbers in errors count
 * from 1, the first row after the header.
 * @param source - a path, or one SELECT over files that it names.
 * @throws {UserError} fault "data" (exit code 6) with a DATA_ code: what, where, the value; the hint says what to do.
 */
export async function loadDataset(source: string, data: DataSpec): Promise<LoadedDataset> {
  const reading = await readDataset(source, data, keepInMemory)
  refuseUnusable(reading, data)
  const { dataset, report } = reading
  return { dataset, report }
}

/**
 * The same for rows of any number: features that are too many for the room in memory lie in a private file without a name, until the
 * data set's file is closed or the process ends.
 * @throws {UserError} as loadDataset; DATA_DISK_FULL, DATA_DISK_FAILED.
 */
export async function loadTrainingRows(
  source: string,
  data: DataSpec,
  room: RowRoom,
): Promise<LoadedDataset<TrainingRows>> {
  const keeper = keepOnDisk(room)
  try {
    const reading = await readDataset(source, data, keeper)
    refuseUnusable(reading, data)
    const { dataset, report } = reading
    return { dataset, report }
  } catch (error) {
    keeper.release()
    throw error
  }
}
