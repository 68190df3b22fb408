import path from 'node:path'
import type { ChainAccount } from '@fednode/contracts'
import { loadTrainingRows, type TrainingRows } from '@fednode/engine'
import type {
  AddressText,
  ChainInvite,
  MemberInvite,
  PeerKey,
  SignedInvite,
} from '@fednode/protocol'
import { answers } from '../../chain/answers.ts'
import { connectAs } from '../../chain/connect-as.ts'
import { ownAddress } from '../../chain/own-address.ts'
import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import type { ArgsOf } from '../../framework/option.ts'
import { address } from '../../framework/value-type.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import { diskHasRoom } from '../../metrics/disk-has-room.ts'
import { observed } from '../../metrics/observed.ts'
import { type Monitor, type Observation, startMonitor } from '../../metrics/start-monitor.ts'
import { dataSource } from '../../plan/data-source.ts'
import { readScenarioPlan } from '../../plan/read-scenario-plan.ts'
import { openScenarioDirectory, scenarioPaths } from '../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import { whileChainIsAway } from '../../runtime/while-chain-is-away.ts'
import type { SiloEvent } from '../../silo/events.ts'
import { readConsent } from '../../silo/read-silo-journal.ts'
import { createSiloJournal } from '../../silo/silo-journal.ts'
import { acceptInvite } from './accept-invite.ts'
import { askConsent } from './ask-consent.ts'
import { checkAttack } from './check-attack.ts'
import { checkFloors } from './check-floors.ts'
import { checkInviter } from './check-inviter.ts'
import { checkRole } from './check-role.ts'
import { runAlliance } from './join-alliance.ts'
import { runArena } from './join-arena.ts'
import { joinByMembers } from './join-by-members.ts'
import { runValidator } from './join-validator.ts'
import type { joinArguments, joinOptions } from './options.ts'
import { type Applicant, checkMayRegister, register } from './register-silo.ts'
import { roomOf } from './row-room.ts'
import { sayWhenOver } from './say-when-over.ts'
import { showPlan } from './show-plan.ts'
import { showSilo } from './show-silo.ts'
import { siloVenue } from './silo-venue.ts'
import { startSilo } from './start-silo.ts'
import { warnIfAlone } from './warn-if-alone.ts'

export type JoinOptions = ArgsOf<typeof joinArguments> &
  ArgsOf<typeof joinOptions> & {
    readonly directory: string
    readonly dataFile: string
    /** What the federation was given as, when that was an invite. */
    readonly invite?: SignedInvite<ChainInvite>
    /** The same when it was one to a federation without a chain. */
    readonly memberInvite?: SignedInvite<MemberInvite>
  }

/** The same for a federation on a chain. */
type ChainJoinOptions = JoinOptions & { readonly scenario: AddressText }

export function init(
  args: ArgsOf<typeof joinArguments> & ArgsOf<typeof joinOptions>,
  { cwd }: Context,
): JoinOptions {
  return { ...args, directory: path.resolve(cwd, args.dir), dataFile: dataSource(cwd, args.data) }
}

export async function run(given: JoinOptions, context: Context): Promise<undefined> {
  checkRole(given)
  warnIfAlone(given, context)
  if (given.role === 'validator') return runValidator(given, context)
  if (given.role === 'alliance') return runAlliance(given, context)
  if (given.role === 'arena-node') return runArena(given, 'node', context)
  if (given.role === 'arena-validator') return runArena(given, 'validator', context)
  const options = acceptInvite(given, context.now())
  const scenario = address.parse(options.federation)
  const isByMembers = scenario === undefined
  const needs = isByMembers ? [] : ['chain', 'registration']
  const monitor = await startMonitor(options, context, observationOf(needs))
  try {
    if (isByMembers) await joinByMembers(options, context, monitor)
    else await connectAndTakePart({ ...options, scenario }, context, monitor)
  } finally {
    await monitor.stop()
  }
  return undefined
}

async function connectAndTakePart(
  options: ChainJoinOptions,
  context: Context,
  monitor: Monitor<SiloEvent>,
): Promise<void> {
  const peerKey = await loadPeerKey(options.directory)
  const account = await unlessStopped(context.signal, () => connectAs(options, context))
  try {
    checkAttack(options, account.chainId)
    monitor.meet('chain', () => answers(account))
    await takePart(options, context, { peerKey, account, monitor })
  } finally {
    await account.close()
  }
}

function observationOf(needs: readonly string[]): Observation<SiloEvent> {
  return {
    needs: [...needs, 'data', 'disk', 'aggregator'],
    async declare(registry) {
      const { declareSiloMetrics } = await import('../../metrics/silo-metrics.ts')
      return declareSiloMetrics(registry)
    },
  }
}

type Self = {
  readonly peerKey: PeerKey
  readonly account: ChainAccount
  readonly monitor: Monitor<SiloEvent>
}

async function takePart(options: ChainJoinOptions, context: Context, self: Self): Promise<void> {
  const { scenario, orchestrator, name, dir } = options
  const { signal } = context
  const trusted = orchestrator === undefined ? {} : { orchestrator }
  const plan = await whileChainIsAway(context, () =>
    readScenarioPlan(self.account, { scenario, ...trusted }),
  )
  const { peerKey, account, monitor } = self
  if (options.invite !== undefined) checkInviter(options.invite, plan, ownAddress(account))
  const applicant = { peerKey, account, plan, name, dir }
  const paths = scenarioPaths(options.directory, scenario)
  if (sayWhenOver({ paths, applicant }, context)) return
  // Nobody should read and approve a plan that he may not take part in, nor one that his data does not fit.
  await whileChainIsAway(context, () => checkMayRegister(applicant))
  const data = await unlessStopped(signal, () =>
    loadTrainingRows(options.dataFile, plan.manifest.data, roomOf(options)),
  )
  checkFloors(plan.manifest, data.report, options.force)
  monitor.meet('data', () => true)
  const { federator, orchestrator: origin } = plan.state
  const where = `Scenario ${scenario} on chain ${account.chainId}, federator ${federator.toLowerCase()}, Orchestrator ${origin.toLowerCase()}`
  const shown = showPlan(plan, { where, report: data.report })
  context.stderr.write(`${cleanText(shown)}\n\n`)
  await askConsent(
    plan.cid,
    { ...options, earlier: readConsent(paths.directory), venue: 'federation' },
    context,
  )
  await live({ options, context, applicant, monitor, data: data.dataset })
}

/** From here on this process is the only one in the federation's directory. */
async function live(silo: {
  readonly options: ChainJoinOptions
  readonly context: Context
  readonly applicant: Applicant
  readonly monitor: Monitor<SiloEvent>
  readonly data: TrainingRows
}): Promise<void> {
  const { options, context, applicant, monitor, data } = silo
  const { plan, peerKey, account, name } = applicant
  const paths = openScenarioDirectory(options.directory, options.scenario)
  monitor.meet('disk', () => diskHasRoom(paths.directory))
  try {
    const journal = createSiloJournal(paths.siloJournal)
    try {
      journal.saveConsent(plan.cid, context.now())
      const registered = await whileChainIsAway(context, () => register(applicant))
      monitor.meet('registration', () => true)
      const view = observed(
        showSilo(context, { name, rounds: plan.manifest.rounds.count }),
        monitor,
      )
      view.onEvent({ type: 'registered', ...registered })
      const parts = {
        options,
        context,
        peerKey,
        venue: await whileChainIsAway(context, () => siloVenue(account, plan, context)),
        plan,
        data,
        paths,
        journal,
        view,
        monitor,
      }
      const running = await startSilo(parts)
      await running.done
    } finally {
      journal.close()
    }
  } finally {
    paths.lock.release()
  }
}
