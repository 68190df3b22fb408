import type { DataSpec } from '@fednode/protocol'
import { keepNothing } from './keep-nothing.ts'
import { readDataset } from './read-dataset.ts'
import type { DataReport } from './report.ts'
import type { UnitSuspicion } from './suspect-units.ts'
import type { Violation } from './violations.ts'

/** Everything that is wrong with some data, and what it holds besides. */
export type DataCheck = {
  readonly report: DataReport
  readonly violations: readonly Violation[]
  readonly suspicions: readonly UnitSuspicion[]
}

/**
 * Reads data as loadDataset does, but goes on after bad cells.
 * @throws {UserError} with a DATA_ code when it cannot be read at all.
 */
export async function checkDataset(source: string, data: DataSpec): Promise<DataCheck> {
  const { report, violations, suspicions } = await readDataset(source, data, keepNothing)
  return { report, violations: violations.list(), suspicions }
}
