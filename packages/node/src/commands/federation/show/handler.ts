import { explainManifest, planWarnings } from '@fednode/protocol'
import type { Outcome } from '../../../framework/command.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { formatPlan } from '../../../plan/format-plan.ts'
import { resolvePlan } from '../../../plan/resolve-plan.ts'
import type { showArguments, showOptions } from './options.ts'

type Args = ArgsOf<typeof showArguments> & ArgsOf<typeof showOptions>

export function init(args: Args): Args {
  return args
}

export async function run(options: Args, context: Context): Promise<Outcome> {
  const plan = await resolvePlan(options.plan, { cwd: context.cwd, ...options })
  const { manifest, cid } = plan
  const lines = explainManifest(manifest)
  return {
    data: { cid, manifest, warnings: planWarnings(manifest) },
    text: [`Federation "${manifest.name}", manifest ${cid}`, '', formatPlan(lines)].join('\n'),
  }
}
