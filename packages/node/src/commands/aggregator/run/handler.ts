import path from 'node:path'
import type { CoordinatorEvent } from '@fednode/aggregator'
import { loadDataset } from '@fednode/engine'
import { UserError } from '@fednode/protocol'
import { answers } from '../../../chain/answers.ts'
import { connectAs } from '../../../chain/connect-as.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { diskHasRoom } from '../../../metrics/disk-has-room.ts'
import { observed } from '../../../metrics/observed.ts'
import { type Monitor, type Observation, startMonitor } from '../../../metrics/start-monitor.ts'
import { cidOfFile } from '../../../plan/cid-of-file.ts'
import type { ScenarioPlan } from '../../../plan/plan.ts'
import { readScenarioPlan } from '../../../plan/read-scenario-plan.ts'
import { openScenarioDirectory } from '../../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import type { aggregatorRunOptions } from './options.ts'
import { showAggregator } from './show-aggregator.ts'
import { type AggregatorParts, startAggregator } from './start-aggregator.ts'

type Args = ArgsOf<typeof aggregatorRunOptions>

export type AggregatorOptions = Args & {
  readonly scenario: NonNullable<Args['scenario']>
  readonly directory: string
  readonly dataFile: string
}

export function init(args: Args, { cwd }: Context): AggregatorOptions {
  return {
    ...args,
    scenario: scenarioOf(args),
    directory: path.resolve(cwd, args.dir),
    dataFile: path.resolve(cwd, args.data),
  }
}

function scenarioOf({ scenario, rebuild }: Args): AggregatorOptions['scenario'] {
  const named = rebuild ?? scenario
  if (named !== undefined && (scenario ?? named) === named) return named
  const what = named === undefined ? '--scenario is missing' : `--scenario is not ${named}`
  throw new UserError('usage', what, {
    code: 'MISSING_OPTION',
    hint: 'Give  --scenario 0x…  or, when the directory is lost,  --rebuild 0x…',
  })
}

export async function run(options: AggregatorOptions, context: Context): Promise<undefined> {
  const monitor = await startMonitor(options, context, observation)
  try {
    await connectAndLead(options, context, monitor)
  } finally {
    await monitor.stop()
  }
  return undefined
}

const observation: Observation<CoordinatorEvent> = {
  needs: ['chain', 'data', 'disk', 'network'],
  async declare(registry) {
    const { declareAggregatorMetrics } = await import('../../../metrics/aggregator-metrics.ts')
    return declareAggregatorMetrics(registry)
  },
}

async function connectAndLead(
  options: AggregatorOptions,
  context: Context,
  monitor: Monitor<CoordinatorEvent>,
): Promise<void> {
  const { scenario, orchestrator } = options
  const peerKey = await loadPeerKey(options.directory)
  const { signal } = context
  const account = await unlessStopped(signal, () => connectAs(options, context))
  try {
    monitor.meet('chain', () => answers(account))
    const trusted = orchestrator === undefined ? {} : { orchestrator }
    const plan = await unlessStopped(signal, () =>
      readScenarioPlan(account, { scenario, ...trusted }),
    )
    checkFederator(plan, { peerKey, account })
    await unlessStopped(signal, () => checkValidation(plan, options))
    const { dataset } = await unlessStopped(signal, () =>
      loadDataset(options.dataFile, plan.manifest.data),
    )
    monitor.meet('data', () => true)
    const paths = openScenarioDirectory(options.directory, scenario)
    try {
      monitor.meet('disk', () => diskHasRoom(paths.directory))
      const view = observed(showAggregator(context, plan), monitor)
      const parts = {
        options,
        context,
        peerKey,
        account,
        plan,
        validation: dataset,
        paths,
        view,
        monitor,
      }
      const aggregator = await startAggregator(parts)
      await aggregator.done
    } finally {
      paths.lock.release()
    }
  } finally {
    await account.close()
  }
}

/** Only the federator's two keys can run a federation. */
function checkFederator(
  { state }: ScenarioPlan,
  own: Pick<AggregatorParts, 'peerKey' | 'account'>,
): void {
  const { federator, params, address } = state
  const account = ownAddress(own.account)
  const peerKey = `0x${Buffer.from(own.peerKey.publicKey).toString('hex')}`
  if (federator.toLowerCase() !== account) {
    throw new UserError(
      'refused',
      `the federator of ${address.toLowerCase()} is ${federator.toLowerCase()}, not ${account}`,
      { code: 'NOT_FEDERATOR', hint: 'Give the --dir whose keys created the federation.' },
    )
  }
  if (params.federatorPeerKey.toLowerCase() === peerKey) return
  throw new UserError(
    'refused',
    `the Scenario names another peer key as its aggregator than ${own.peerKey.peerId}`,
    { code: 'NOT_FEDERATOR', hint: 'Restore the peer.key with which the federation was created.' },
  )
}

/** Silos approved one validation set; contributions measured on another would be worth nothing. */
async function checkValidation(
  { manifest }: ScenarioPlan,
  options: AggregatorOptions,
): Promise<void> {
  const actual = await cidOfFile(options.dataFile)
  const expected = manifest.contribution.validation
  if (actual === expected) return
  throw new UserError(
    'data',
    `${options.data} is ${actual}, but the manifest's validation set is ${expected}`,
    {
      code: 'WRONG_VALIDATION',
      hint: 'Give the very file that  fednode federation init  read; a single changed byte makes another.',
    },
  )
}
