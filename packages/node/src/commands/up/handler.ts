import path from 'node:path'
import { UserError } from '@fednode/protocol'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { planExample } from '../../local/example-plan.ts'
import { runFederation } from '../../local/federation.ts'
import type { FederationPlan } from '../../local/plan.ts'
import {
  createRunDirectory,
  RUNS_WITH_WEIGHTS,
  type RunDirectory,
  trimOldRuns,
  trimRunDirectory,
} from '../../local/run-directory.ts'
import { createLiveView } from '../../local/terminal/live-view.ts'
import { createPlainView } from '../../local/terminal/plain-view.ts'
import { resultText } from '../../local/terminal/result-text.ts'
import type { RunView } from '../../local/terminal/run-view.ts'
import { upDocument } from '../../local/up-document.ts'
import type { UpResult } from '../../local/up-result.ts'
import { planUserFiles } from '../../local/user-plan.ts'
import { cacheDirectory } from '../../runtime/cache-directory.ts'
import type { upArguments, upOptions } from './options.ts'

type Args = ArgsOf<typeof upArguments> & ArgsOf<typeof upOptions>

export function init(args: Args): Args {
  const { manifest, data, validation } = args
  if (manifest === undefined && (data.length > 0 || validation !== undefined)) {
    throw new UserError('usage', '--data and --validation need a manifest', {
      code: 'MISSING_ARGUMENT',
      hint: 'fednode up federation.yaml --data NAME=FILE … --validation FILE',
    })
  }
  return args
}

export async function run(options: Args, context: Context): Promise<Outcome> {
  const { cwd, env, signal } = context
  const user =
    options.manifest === undefined ? undefined : await planUser(options.manifest, options, cwd)
  const directory = await createRunDirectory({ cwd, out: options.out, now: context.now() })
  let finished = false
  try {
    const plan = user ?? (await planBundled(options, directory, context))
    const result = await runFederation(
      { plan, directory, env },
      { view: viewOf(context), signal, elapsed: () => performance.now() },
    )
    const report = options.noReport ? null : await reportOf(directory, result)
    finished = true
    return {
      data: upDocument(result, report),
      text: closingText(result, { report, directory, cwd, env }),
    }
  } finally {
    // After a failure too: what explains it is in the logs.
    if (!options.keep) await trimRunDirectory(directory, { finished })
    if (finished) await tidyUp(context)
  }
}

async function tidyUp({ cwd, stderr }: Context): Promise<void> {
  const trimmed = await trimOldRuns(cwd)
  if (trimmed === 0) return
  const runs = trimmed === 1 ? 'an older run' : `${trimmed} older runs`
  stderr.write(
    `  tidied     weights of ${runs} removed; the last ${RUNS_WITH_WEIGHTS} keep theirs\n`,
  )
}

function planUser(manifestFile: string, options: Args, cwd: string): Promise<FederationPlan> {
  const { data, validation: validationFile, rounds } = options
  return planUserFiles({ cwd, manifestFile, data, validationFile, rounds })
}

function planBundled(
  { rounds }: Args,
  directory: RunDirectory,
  { env }: Context,
): Promise<FederationPlan> {
  return planExample({ directory: directory.data, cache: cacheDirectory(env), rounds })
}

function viewOf({ isTty, stderr, now }: Context): RunView {
  // A terminal is always a stream of the process; only tests hand in something else.
  return isTty.stderr ? createLiveView(stderr as NodeJS.WriteStream, now) : createPlainView(stderr)
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
  const next = `${fednode} contrib show --dir ${shown(at.directory.aggregator)}`
  return ['', resultText(result), '', ...report, 'Look closer:', `  ${next}`].join('\n')
}
