import type { DataSpec } from '@fednode/protocol'
import { keepNothing } from './keep-nothing.ts'
import { readDataset } from './read-dataset.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import type { DataReport } from './report.ts'

/** What a file holds, where all of it can be used; reads it as loadDataset does and keeps no row. @throws {UserError} as loadDataset. */
export async function readReport(source: string, data: DataSpec): Promise<DataReport> {
  const reading = await readDataset(source, data, keepNothing)
  refuseUnusable(reading, data)
  return reading.report
}
