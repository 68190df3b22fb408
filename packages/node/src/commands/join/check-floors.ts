import type { DataReport } from '@fednode/engine'
import { type Manifest, type PlanWarning, planWarnings, UserError } from '@fednode/protocol'

const BOUNDS: Readonly<
  Partial<Record<PlanWarning['code'], { readonly code: string; readonly hint: string }>>
> = {
  PLAN_ABOVE_MAXIMUM_ROWS: {
    code: 'PLAN_ABOVE_MAXIMUM',
    hint: 'An update of more rows is refused. Leave rows out, or ask for another manifest.',
  },
  PLAN_BELOW_MINIMUM_ROWS: {
    code: 'PLAN_BELOW_FLOOR',
    hint: 'So few rows could be recognised in what is sent. Add rows, or stay out of this federation.',
  },
}

/**
 * Refuses what the manifest's own bounds forbid, and what lies below a floor that the administrator did not name (T37).
 * @param forced - codes of `--force`.
 * @throws {UserError} refused PLAN_BELOW_FLOOR, PLAN_ABOVE_MAXIMUM, or the code of the floor.
 */
export function checkFloors(
  manifest: Manifest,
  report: DataReport,
  forced: readonly PlanWarning['code'][],
): void {
  const refusal = planWarnings(manifest, report).find(
    ({ severity, code }) =>
      severity === 'refuse' || (severity === 'floor' && !forced.includes(code)),
  )
  if (refusal === undefined) return
  throw new UserError(
    'refused',
    `${report.file}: ${refusal.text}`,
    BOUNDS[refusal.code] ?? {
      code: refusal.code,
      hint: `Ask for another plan. If nothing in these rows needs protection:  --force ${refusal.code}`,
    },
  )
}
