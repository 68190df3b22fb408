import { checkDataset } from '@fednode/engine'
import { planWarnings } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { dataSource } from '../../../plan/data-source.ts'
import { resolvePlan } from '../../../plan/resolve-plan.ts'
import { formatReport } from './format-report.ts'
import type { dataCheckArguments, dataCheckOptions } from './options.ts'
import { withoutValues } from './without-values.ts'

type Args = ArgsOf<typeof dataCheckArguments> & ArgsOf<typeof dataCheckOptions>

export function init(args: Args): Args {
  return args
}

export async function run(options: Args, { cwd }: Context): Promise<Outcome> {
  const plan = await resolvePlan(options.manifest, { cwd, ...options })
  const found = await checkDataset(dataSource(cwd, options.file), plan.manifest.data)
  const { violations, report } = found
  const check = options.noValues ? withoutValues(found) : found
  const warnings = planWarnings(plan.manifest, report)
  const outcome = {
    data: { manifest: plan.cid, ...check, warnings },
    text: formatReport(check, { name: plan.manifest.name, warnings }),
  }
  return violations.length === 0 && report.used > 0 ? outcome : { ...outcome, fault: 'data' }
}
