import path from 'node:path'
import { UserError } from '@fednode/protocol'
import { openEvaluator } from '../../engines/open-engine.ts'
import type { Outcome } from '../../framework/command.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { networkDocument } from '../../local/network/network-document.ts'
import { planNetwork } from '../../local/network/network-plan.ts'
import type { NetworkResult } from '../../local/network/network-result.ts'
import { networkText } from '../../local/network/network-text.ts'
import {
  createJsonNetworkView,
  createLiveNetworkView,
  createPlainNetworkView,
  type NetworkView,
} from '../../local/network/network-view.ts'
import { PEOPLE } from '../../local/network/people.ts'
import { runNetwork } from '../../local/network/run-network.ts'
import {
  createRunDirectory,
  type RunDirectory,
  trimRunDirectory,
} from '../../local/run-directory.ts'
import { cacheDirectory } from '../../runtime/cache-directory.ts'
import type { upArguments, upOptions } from './options.ts'
import { participantEnv } from './participant-env.ts'
import { tidyUp } from './tidy-up.ts'

type Args = ArgsOf<typeof upArguments> & ArgsOf<typeof upOptions>

/** Rounds of the alliance when nobody says otherwise. */
const ROUNDS = 6

/**
 * A network brings its own manifest, rows and attackers.
 * @throws {UserError} usage NOT_FOR_NETWORKS naming what it has no use for.
 */
export function checkNetworkOptions(args: Args): void {
  const { manifest, data, validation, start, silos, strategy, attack, attackers } = args
  const given = Object.entries({
    MANIFEST: manifest,
    '--data': data[0],
    '--validation': validation,
    '--start': start,
    '--silos': silos,
    '--strategy': strategy,
    '--attack': attack,
    '--attackers': attackers,
  }).find(([, value]) => value !== undefined)
  if (given === undefined) return
  throw new UserError('usage', `${given[0]} does not go with --network, which runs one example`, {
    code: 'NOT_FOR_NETWORKS',
    hint: 'It takes --rounds, --out, --keep, --no-report and how rows are trained on.',
  })
}

/** `up --network`: a network instead of a federation. */
export async function upNetwork(options: Args, context: Context): Promise<Outcome> {
  const { cwd, env, signal, now } = context
  const directory = await createRunDirectory({ cwd, out: options.out, now: now() })
  let finished = false
  try {
    const plan = await planNetwork({
      directory: directory.data,
      cache: cacheDirectory(env),
      rounds: options.rounds ?? ROUNDS,
    })
    const result = await runNetwork(
      {
        plan,
        directory,
        env: await participantEnv({ ...options, trainers: PEOPLE.length }, context),
      },
      {
        view: viewOf(context),
        signal,
        elapsed: () => performance.now(),
        openEngine: () => openEvaluator(options),
      },
    )
    const report = options.noReport ? null : await reportOf(directory, result)
    finished = true
    const shown = report === null ? [] : ['', `Report: ${path.relative(cwd, report)}`]
    return {
      data: networkDocument(result, report),
      text: ['', networkText(result), ...shown].join('\n'),
    }
  } finally {
    if (!options.keep) await trimRunDirectory(directory, { finished })
    if (finished) await tidyUp(context)
  }
}

function viewOf({ isTty, stderr, json }: Context): NetworkView {
  // A terminal is always a stream of the process; only tests hand in something else.
  if (isTty.stderr) return createLiveNetworkView(stderr as NodeJS.WriteStream)
  return json ? createJsonNetworkView(stderr) : createPlainNetworkView(stderr)
}

async function reportOf({ report }: RunDirectory, result: NetworkResult): Promise<string> {
  // Drawn after the run: its processes had the memory until now.
  const [{ networkPage }, { createChartRenderer }, { writePage }] = await Promise.all([
    import('../../report/network/network-page.ts'),
    import('../../report/render-chart.ts'),
    import('../../report/write-page.ts'),
  ])
  await writePage(report, networkPage(result, await createChartRenderer()))
  return report
}
