import type { DataReport } from '@fednode/engine'
import { type Manifest, planWarnings, UserError } from '@fednode/protocol'

/** Refuses what the manifest's own bounds forbid (T37). @throws {UserError} refused PLAN_BELOW_FLOOR, PLAN_ABOVE_MAXIMUM. */
export function checkFloors(
  manifest: Manifest,
  { used, file }: Pick<DataReport, 'used' | 'file'>,
): void {
  const refusal = planWarnings(manifest, used).find(({ severity }) => severity === 'refuse')
  if (refusal === undefined) return
  if (refusal.code === 'PLAN_ABOVE_MAXIMUM_ROWS') {
    throw new UserError('refused', `${file}: ${refusal.text}`, {
      code: 'PLAN_ABOVE_MAXIMUM',
      hint: 'An update of more rows is refused. Leave rows out, or ask for another manifest.',
    })
  }
  throw new UserError('refused', `${file}: ${refusal.text}`, {
    code: 'PLAN_BELOW_FLOOR',
    hint: 'So few rows could be recognised in what is sent. Add rows, or stay out of this federation.',
  })
}
