import path from 'node:path'
import { loadDataset } from '@fednode/engine'
import { planWarnings } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { resolvePlan } from '../../../plan/resolve-plan.ts'
import { formatReport } from './format-report.ts'
import type { dataCheckArguments, dataCheckOptions } from './options.ts'

type Args = ArgsOf<typeof dataCheckArguments> & ArgsOf<typeof dataCheckOptions>

export function init(args: Args): Args {
  return args
}

export async function run(options: Args, context: Context): Promise<Outcome> {
  const plan = await resolvePlan(options.manifest, { cwd: context.cwd, ...options })
  const { report } = await loadDataset(path.resolve(context.cwd, options.file), plan.manifest.data)
  const warnings = planWarnings(plan.manifest, report.used)
  return {
    data: { manifest: plan.cid, report, warnings },
    text: formatReport(report, { name: plan.manifest.name, warnings }),
  }
}
