import path from 'node:path'
import type { DataReport } from '@fednode/engine'
import { explainManifest } from '@fednode/protocol'
import { formatPlan } from '../../plan/format-plan.ts'
import type { Plan } from '../../plan/plan.ts'

/** What the administrator of a silo reads before consenting. */
export function showPlan(
  { manifest, cid }: Plan,
  { where, report }: { readonly where: string; readonly report: DataReport },
): string {
  const { used, rows, file } = report
  const lines = explainManifest(manifest, {
    currency: 'CUR',
    data: { file: path.basename(file), rows, usable: used },
  })
  return [where, `Federation "${manifest.name}", manifest ${cid}`, '', formatPlan(lines)].join('\n')
}
