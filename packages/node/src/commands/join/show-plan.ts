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
  const { used, rows, file, columns, labels } = report
  const lines = explainManifest(manifest, {
    currency: 'CUR',
    data: { file: path.basename(file), rows, usable: used, columns, labels },
  })
  const warnings = report.warnings.map(({ text }) => `Beware: ${text}`)
  return [
    where,
    `Federation "${manifest.name}", manifest ${cid}`,
    '',
    formatPlan(lines),
    ...warnings,
  ].join('\n')
}
