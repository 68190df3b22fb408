import path from 'node:path'
import type { ChainAccount } from '@fednode/contracts'
import { loadDataset } from '@fednode/engine'
import { connectAs } from '../../chain/connect-as.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { loadIdentity } from '../../identity/load-identity.ts'
import { readScenarioPlan } from '../../plan/read-scenario-plan.ts'
import { openScenarioDirectory } from '../../runtime/scenario-directory.ts'
import { askConsent } from './ask-consent.ts'
import { checkFloors } from './check-floors.ts'
import type { joinArguments, joinOptions } from './options.ts'
import { checkMayRegister, register } from './register-silo.ts'
import { showPlan } from './show-plan.ts'
import { showSilo } from './show-silo.ts'
import { startSilo } from './start-silo.ts'

export type JoinOptions = ArgsOf<typeof joinArguments> &
  ArgsOf<typeof joinOptions> & {
    readonly directory: string
    readonly dataFile: string
  }

export function init(
  args: ArgsOf<typeof joinArguments> & ArgsOf<typeof joinOptions>,
  { cwd }: Context,
): JoinOptions {
  return { ...args, directory: path.resolve(cwd, args.dir), dataFile: path.resolve(cwd, args.data) }
}

export async function run(options: JoinOptions, context: Context): Promise<undefined> {
  const identity = await loadIdentity(options.directory)
  const account = await connectAs(identity, options)
  try {
    await takePart(options, context, { identity, account })
  } finally {
    await account.close()
  }
  return undefined
}

async function takePart(
  options: JoinOptions,
  context: Context,
  self: { identity: Awaited<ReturnType<typeof loadIdentity>>; account: ChainAccount },
): Promise<void> {
  const { scenario, orchestrator, name, dir } = options
  const trusted = orchestrator === undefined ? {} : { orchestrator }
  const plan = await readScenarioPlan(self.account, { scenario, ...trusted })
  // Nobody should read and approve a plan that he may not take part in, nor one that his data does not fit.
  const applicant = { ...self, plan, name, dir }
  await checkMayRegister(applicant)
  const data = await loadDataset(options.dataFile, plan.manifest.data)
  checkFloors(plan.manifest, data.report)
  context.stderr.write(
    `${showPlan(plan, { chainId: self.account.chainId, report: data.report })}\n\n`,
  )
  await askConsent(plan.cid, options, context)
  const paths = openScenarioDirectory(options.directory, scenario)
  try {
    const registered = await register(applicant)
    const view = showSilo(context, { name, rounds: plan.manifest.rounds.count })
    view.onEvent({ type: 'registered', ...registered })
    const silo = await startSilo({
      options,
      context,
      ...self,
      plan,
      data: data.dataset,
      paths,
      view,
    })
    await silo.done
  } finally {
    paths.lock.release()
  }
}
