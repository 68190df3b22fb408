import { rename, writeFile } from 'node:fs/promises'
import type { UpResult } from '../local/up-result.ts'
import { type PlanLine, reportPage } from './page.ts'
import { createChartRenderer } from './render-chart.ts'

/** Draws the report of `result` and writes it to `path` in one step: a reader never sees half of it. */
export async function writeReport(
  path: string,
  result: UpResult,
  plan: readonly PlanLine[],
): Promise<void> {
  const page = reportPage(result, plan, await createChartRenderer())
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, page, { mode: 0o600 })
  await rename(draft, path)
}
