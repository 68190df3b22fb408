import path from 'node:path'
import { createMemoryBlobStore, type MemberManifest, UserError } from '@fednode/protocol'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { EXAMPLE_SILOS, planExample } from '../../local/example-plan.ts'
import { runFederation } from '../../local/federation.ts'
import { madeNothing } from '../../local/made-nothing.ts'
import { memberDocument } from '../../local/member-document.ts'
import { runByMembersLocally } from '../../local/member-run.ts'
import type { FederationPlan, PlannedAttack } from '../../local/plan.ts'
import {
  createRunDirectory,
  type RunDirectory,
  trimRunDirectory,
} from '../../local/run-directory.ts'
import type { LayOut } from '../../local/split-plan.ts'
import { createJsonView } from '../../local/terminal/json-view.ts'
import { createLiveView } from '../../local/terminal/live-view.ts'
import { memberResultText } from '../../local/terminal/member-result-text.ts'
import { createPlainView } from '../../local/terminal/plain-view.ts'
import { resultText } from '../../local/terminal/result-text.ts'
import type { RunView } from '../../local/terminal/run-view.ts'
import { upDocument } from '../../local/up-document.ts'
import type { UpResult } from '../../local/up-result.ts'
import { planUserData } from '../../local/user-plan.ts'
import { requireChain } from '../../plan/require-chain.ts'
import { cacheDirectory } from '../../runtime/cache-directory.ts'
import { openStart } from '../../start/open-start.ts'
import { startFileOf } from '../../start/start-file-of.ts'
import type { upArguments, upOptions } from './options.ts'
import { participantEnv } from './participant-env.ts'
import { plannedAttack } from './planned-attack.ts'
import { tidyUp } from './tidy-up.ts'
import { checkNetworkOptions, upNetwork } from './up-network.ts'

type Args = ArgsOf<typeof upArguments> & ArgsOf<typeof upOptions>

export type UpOptions = Args & { readonly planned: PlannedAttack | undefined }

/** @throws {UserError} usage: MISSING_ARGUMENT, EXAMPLE_ONLY, NOT_FOR_NETWORKS, and as plannedAttack. */
export function init(args: Args): UpOptions {
  if (args.network) {
    checkNetworkOptions(args)
    return { ...args, planned: undefined }
  }
  const { manifest, data, validation, start, silos = EXAMPLE_SILOS } = args
  const hasFiles = data.length > 0 || validation !== undefined || start !== undefined
  if (manifest === undefined && hasFiles) {
    throw new UserError('usage', '--data, --validation and --start need a manifest', {
      code: 'MISSING_ARGUMENT',
      hint: 'fednode up federation.yaml --data NAME=FILE … --validation FILE',
    })
  }
  if (manifest !== undefined) refuseExampleOptions(args)
  // One table is split later, and has its silos then.
  const named = data.length === 1 ? undefined : data.length
  return { ...args, planned: plannedAttack(args, manifest === undefined ? silos : named) }
}

/** A user's own manifest says itself what runs. */
function refuseExampleOptions({ silos, strategy }: Args): void {
  if (silos === undefined && strategy === undefined) return
  const [flag, key] =
    strategy === undefined ? ['--silos', 'rounds.maxSilos'] : ['--strategy', 'strategy']
  throw new UserError('usage', `${flag} is for the bundled example: a manifest says it itself`, {
    code: 'EXAMPLE_ONLY',
    hint: `Change  ${key}  in the manifest.`,
  })
}

export async function run(options: UpOptions, context: Context): Promise<Outcome> {
  if (options.network) return upNetwork(options, context)
  const { cwd, env, signal } = context
  const layOut =
    options.manifest === undefined ? undefined : await planUser(options.manifest, options, cwd)
  const directory = await createRunDirectory({ cwd, out: options.out, now: context.now() })
  let finished = false
  try {
    const envFor = ({ silos: { length: trainers } }: Pick<FederationPlan, 'silos'>) =>
      participantEnv({ ...options, trainers }, context)
    const user = await layOut?.(directory.data)
    if (user?.manifest.chain === 'none') {
      const outcome = await upByMembers(
        { ...user, manifest: user.manifest },
        { directory, env: await envFor(user) },
        context,
      )
      finished = true
      return outcome
    }
    const plan =
      user === undefined
        ? await planBundled(options, directory, context)
        : { ...user, manifest: requireChain(user.manifest, options.manifest ?? '') }
    const result = await runFederation(
      { plan, directory, env: await envFor(plan) },
      { view: viewOf(context), signal, elapsed: () => performance.now() },
    )
    const report = options.noReport ? null : await reportOf(directory, result)
    finished = true
    return {
      data: upDocument(result, report),
      text: closingText(result, { report, directory, cwd, env }),
      ...faultOf(result),
    }
  } finally {
    // After a failure too: what explains it is in the logs.
    if (!options.keep) await trimRunDirectory(directory, { finished })
    if (finished) await tidyUp(context)
  }
}

async function planUser(manifestFile: string, options: UpOptions, cwd: string): Promise<LayOut> {
  const { data, validation: validationFile, start, rounds, planned: attack } = options
  const startFile = startFileOf(start, cwd)
  const layOut = await planUserData({ cwd, manifestFile, data, validationFile, rounds, attack })
  return async (directory) => {
    const found = await layOut(directory)
    // Before anything is started: here an error is one line.
    await openStart(found.manifest, { file: startFile, blobs: createMemoryBlobStore() })
    const plan = { ...found, ...(startFile && { startFile: startFile.path }) }
    if (plan.manifest.chain === undefined || attack === undefined) return plan
    throw new UserError('usage', '--attack needs the local chain, and this federation has none', {
      code: 'BAD_OPTION',
      hint: 'Leave it out, or take a manifest for a chain.',
    })
  }
}

async function upByMembers(
  plan: FederationPlan<MemberManifest>,
  place: { readonly directory: RunDirectory; readonly env: Context['env'] },
  context: Context,
): Promise<Outcome> {
  const { signal } = context
  const result = await runByMembersLocally(
    { plan, ...place },
    { view: viewOf(context), signal, elapsed: () => performance.now() },
  )
  return { data: memberDocument(result), text: memberResultText(result), ...faultOf(result) }
}

/** A script must not take a run without a model for a trained one. */
function faultOf({ rounds }: Pick<UpResult, 'rounds'>): Pick<Outcome, 'fault'> {
  return madeNothing(rounds) ? { fault: 'data' } : {}
}

function planBundled(
  { rounds, silos, strategy, planned: attack }: UpOptions,
  directory: RunDirectory,
  { env }: Context,
): Promise<FederationPlan> {
  const cache = cacheDirectory(env)
  return planExample({ directory: directory.data, cache, rounds, silos, strategy, attack })
}

function viewOf({ isTty, stderr, json, now }: Context): RunView {
  // A terminal is always a stream of the process; only tests hand in something else.
  if (isTty.stderr) return createLiveView(stderr as NodeJS.WriteStream, now)
  return json ? createJsonView(stderr) : createPlainView(stderr)
}

async function reportOf(directory: RunDirectory, result: UpResult): Promise<string> {
  // Charts are drawn after the run: its processes had the memory until now.
  const { writeReport } = await import('../../report/write-report.ts')
  await writeReport(directory.report, result)
  return directory.report
}

function closingText(
  result: UpResult,
  at: Pick<Context, 'cwd' | 'env'> & { report: string | null; directory: RunDirectory },
): string {
  const shown = (file: string): string => path.relative(at.cwd, file) || '.'
  const report = at.report === null ? [] : [`Report: ${shown(at.report)}`]
  // Started by `pnpm demo` there is no fednode on the path.
  const fednode = at.env.npm_config_user_agent?.startsWith('pnpm') ? 'pnpm fednode' : 'fednode'
  const next = ['contrib show', 'model card'].map(
    (command) => `  ${fednode} ${command} --dir ${shown(at.directory.aggregator)}`,
  )
  return ['', resultText(result), '', ...report, 'Look closer:', ...next].join('\n')
}
