import type { DataSpec } from '@fednode/protocol'
import type { Dataset } from '../types.ts'
import { readDataset } from './read-dataset.ts'
import { refuseUnusable } from './refuse-unusable.ts'
import type { DataReport } from './report.ts'

/** Rows ready for training, and what the file held. */
export type LoadedDataset = { readonly dataset: Dataset; readonly report: DataReport }

/**
 * Reads a silo's data by the manifest's schema; see docs/DATA.md for the formats. Nothing of it is kept on disk. Row numbers in errors
 * count from 1, the first row after the header.
 * @param source - a path, or one SELECT over files that it names.
 * @throws {UserError} fault "data" (exit code 6) with a DATA_ code: what, where, the value; the hint says what to do.
 */
export async function loadDataset(source: string, data: DataSpec): Promise<LoadedDataset> {
  const reading = await readDataset(source, data)
  refuseUnusable(reading, data)
  const { dataset, report } = reading
  return { dataset, report }
}
