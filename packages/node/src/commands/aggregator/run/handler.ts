import path from 'node:path'
import type { CoordinatorEvent } from '@fednode/aggregator'
import type { ChainAccount } from '@fednode/contracts'
import { loadDataset } from '@fednode/engine'
import { createBlobStore, UserError } from '@fednode/protocol'
import { answers } from '../../../chain/answers.ts'
import { connectAs } from '../../../chain/connect-as.ts'
import { ownAddress } from '../../../chain/own-address.ts'
import type { Context } from '../../../framework/context.ts'
import type { ArgsOf } from '../../../framework/option.ts'
import { loadPeerKey } from '../../../identity/load-identity.ts'
import { diskHasRoom } from '../../../metrics/disk-has-room.ts'
import { observed } from '../../../metrics/observed.ts'
import { type Monitor, type Observation, startMonitor } from '../../../metrics/start-monitor.ts'
import type { ScenarioPlan } from '../../../plan/plan.ts'
import { readScenarioPlan } from '../../../plan/read-scenario-plan.ts'
import { openScenarioDirectory } from '../../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../../runtime/unless-stopped.ts'
import { openStart, type StartPlace } from '../../../start/open-start.ts'
import { startFileOf } from '../../../start/start-file-of.ts'
import { chainVenue } from './chain-venue.ts'
import { checkValidation } from './check-validation.ts'
import type { aggregatorRunArguments, aggregatorRunOptions } from './options.ts'
import { type MemberRunOptions, runByMembers } from './run-by-members.ts'
import { showAggregator } from './show-aggregator.ts'
import { needsChain, standBy } from './stand-by.ts'
import { type AggregatorParts, startAggregator } from './start-aggregator.ts'

type Args = ArgsOf<typeof aggregatorRunOptions>

export type AggregatorOptions = Args & {
  readonly scenario: NonNullable<Args['scenario']>
  readonly directory: string
  readonly dataFile: string
  readonly startFile: StartPlace['file']
}

export function init(
  { manifest, ...args }: ArgsOf<typeof aggregatorRunArguments> & Args,
  { cwd }: Context,
): AggregatorOptions | MemberRunOptions {
  const paths = {
    directory: path.resolve(cwd, args.dir),
    dataFile: path.resolve(cwd, args.data),
    startFile: startFileOf(args.start, cwd),
  }
  if (manifest === undefined) {
    const scenario = scenarioOf(args)
    // A standby takes over as somebody who knows nothing of the last moments.
    return { ...args, ...paths, scenario, rebuild: args.standby ? scenario : args.rebuild }
  }
  if (args.standby) throw needsChain()
  if (args.scenario === undefined) return { ...args, ...paths, manifest }
  throw new UserError('usage', `${manifest} and --scenario name two federations`, {
    code: 'BAD_OPTION',
    hint: 'Give the manifest of a federation without a chain, or the Scenario of one that has a chain.',
  })
}

function scenarioOf({ scenario, rebuild }: Args): AggregatorOptions['scenario'] {
  const named = rebuild ?? scenario
  if (named !== undefined && (scenario ?? named) === named) return named
  const what = named === undefined ? '--scenario is missing' : `--scenario is not ${named}`
  throw new UserError('usage', what, {
    code: 'MISSING_OPTION',
    hint: 'Give  --scenario 0x…  or, when the directory is lost,  --rebuild 0x…;  without a chain its manifest.',
  })
}

export async function run(
  options: AggregatorOptions | MemberRunOptions,
  context: Context,
): Promise<undefined> {
  const isByMembers = 'manifest' in options
  const monitor = await startMonitor(options, context, observationOf(needsOf(options)))
  try {
    if (isByMembers) await runByMembers(options, context, monitor)
    else await connectAndLead(options, context, monitor)
  } finally {
    await monitor.stop()
  }
  return undefined
}

/** A standby that follows nothing must not look ready. */
function needsOf(options: AggregatorOptions | MemberRunOptions): readonly string[] {
  if ('manifest' in options) return []
  return options.rebuild === undefined ? ['chain'] : ['chain', 'following']
}

function observationOf(needs: readonly string[]): Observation<CoordinatorEvent> {
  return {
    needs: [...needs, 'data', 'disk', 'network'],
    async declare(registry) {
      const { declareAggregatorMetrics } = await import('../../../metrics/aggregator-metrics.ts')
      return declareAggregatorMetrics(registry)
    },
  }
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
      const start = await openStart(plan.manifest, {
        file: options.startFile,
        blobs: createBlobStore(paths.blobs),
      })
      const view = observed(showAggregator(context, plan), monitor)
      const venue = await chainVenue(options, account, context)
      const parts = {
        options,
        context,
        peerKey,
        venue,
        plan,
        validation: dataset,
        start,
        paths,
        view,
        monitor,
      }
      if (options.rebuild !== undefined) await standBy(parts, account)
      else await (await startAggregator(parts)).done
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
  own: Pick<AggregatorParts, 'peerKey'> & { readonly account: ChainAccount },
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
