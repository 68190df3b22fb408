import path from 'node:path'
import type { ChainAccount } from '@fednode/contracts'
import { type Dataset, loadDataset } from '@fednode/engine'
import type { PeerKey } from '@fednode/protocol'
import { connectAs } from '../../chain/connect-as.ts'
import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import { readScenarioPlan } from '../../plan/read-scenario-plan.ts'
import { openScenarioDirectory, scenarioPaths } from '../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import { readConsent } from '../../silo/read-silo-journal.ts'
import { createSiloJournal } from '../../silo/silo-journal.ts'
import { askConsent } from './ask-consent.ts'
import { checkAttack } from './check-attack.ts'
import { checkFloors } from './check-floors.ts'
import type { joinArguments, joinOptions } from './options.ts'
import { type Applicant, checkMayRegister, register } from './register-silo.ts'
import { sayWhenOver } from './say-when-over.ts'
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
  const peerKey = await loadPeerKey(options.directory)
  const account = await unlessStopped(context.signal, () => connectAs(options, context))
  try {
    checkAttack(options, account.chainId)
    await takePart(options, context, { peerKey, account })
  } finally {
    await account.close()
  }
  return undefined
}

type Self = {
  readonly peerKey: PeerKey
  readonly account: ChainAccount
}

async function takePart(options: JoinOptions, context: Context, self: Self): Promise<void> {
  const { scenario, orchestrator, name, dir } = options
  const { signal } = context
  const trusted = orchestrator === undefined ? {} : { orchestrator }
  const plan = await unlessStopped(signal, () =>
    readScenarioPlan(self.account, { scenario, ...trusted }),
  )
  const applicant = { ...self, plan, name, dir }
  const paths = scenarioPaths(options.directory, scenario)
  if (sayWhenOver({ paths, applicant }, context)) return
  // Nobody should read and approve a plan that he may not take part in, nor one that his data does not fit.
  await unlessStopped(signal, () => checkMayRegister(applicant))
  const data = await unlessStopped(signal, () => loadDataset(options.dataFile, plan.manifest.data))
  checkFloors(plan.manifest, data.report)
  const shown = showPlan(plan, { chainId: self.account.chainId, report: data.report })
  context.stderr.write(`${cleanText(shown)}\n\n`)
  await askConsent(plan.cid, { ...options, earlier: readConsent(paths.directory) }, context)
  await live({ options, context, applicant, data: data.dataset })
}

/** From here on this process is the only one in the federation's directory. */
async function live(silo: {
  readonly options: JoinOptions
  readonly context: Context
  readonly applicant: Applicant
  readonly data: Dataset
}): Promise<void> {
  const { options, context, applicant, data } = silo
  const { plan, peerKey, account, name } = applicant
  const paths = openScenarioDirectory(options.directory, options.scenario)
  try {
    const journal = createSiloJournal(paths.siloJournal)
    try {
      journal.saveConsent(plan.cid, context.now())
      const registered = await unlessStopped(context.signal, () => register(applicant))
      const view = showSilo(context, { name, rounds: plan.manifest.rounds.count })
      view.onEvent({ type: 'registered', ...registered })
      const parts = { options, context, peerKey, account, plan, data, paths, journal, view }
      const running = await startSilo(parts)
      await running.done
    } finally {
      journal.close()
    }
  } finally {
    paths.lock.release()
  }
}
