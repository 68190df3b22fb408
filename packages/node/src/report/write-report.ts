import { explainManifest } from '@fednode/protocol'
import type { UpResult } from '../local/up-result.ts'
import { reportPage } from './page.ts'
import { createChartRenderer } from './render-chart.ts'
import { writePage } from './write-page.ts'

/** Draws the report of `result` and writes it to `path`. */
export async function writeReport(path: string, result: UpResult): Promise<void> {
  const plan = explainManifest(result.manifest)
  const page = reportPage(result, plan, await createChartRenderer())
  await writePage(path, page)
}
