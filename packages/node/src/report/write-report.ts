import { rename, writeFile } from 'node:fs/promises'
import { explainManifest } from '@fednode/protocol'
import type { UpResult } from '../local/up-result.ts'
import { reportPage } from './page.ts'
import { createChartRenderer } from './render-chart.ts'

/** Draws the report of `result` and writes it to `path` in one step: a reader never sees half of it. */
export async function writeReport(path: string, result: UpResult): Promise<void> {
  const plan = explainManifest(result.manifest)
  const page = reportPage(result, plan, await createChartRenderer())
  const draft = `${path}.${process.pid}.tmp`
  await writeFile(draft, page, { mode: 0o600 })
  await rename(draft, path)
}
