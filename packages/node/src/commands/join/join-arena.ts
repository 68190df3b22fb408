import path from 'node:path'
import type { Network, Task } from '@fednode/contracts'
import { type DataReport, loadTrainingRows, type TrainingRows } from '@fednode/engine'
import {
  type AddressText,
  type Cid,
  createBlobStore,
  type MetricName,
  taskScope,
  UserError,
} from '@fednode/protocol'
import { type ArenaChain, createArenaChain } from '../../arena/arena-chain.ts'
import { ARENA_JOURNAL_FILE, createArenaJournal } from '../../arena/arena-journal.ts'
import type { ArenaDeps } from '../../arena/arena-member.ts'
import { createArenaPeers } from '../../arena/arena-peers.ts'
import { auditedArena } from '../../arena/audited-arena.ts'
import { checkTaskPlan } from '../../arena/check-task-plan.ts'
import { describeArenaEvent } from '../../arena/describe-arena-event.ts'
import { describeTask } from '../../arena/describe-task.ts'
import { leastStake } from '../../arena/least-stake.ts'
import type { AuditLog } from '../../audit/open-audit-log.ts'
import { openNetwork } from '../../chain/open-network.ts'
import { createReachingArena } from '../../debug/create-reaching-arena.ts'
import { openDaemonEngine } from '../../engines/open-daemon-engine.ts'
import { openEvaluator } from '../../engines/open-engine.ts'
import type { Context } from '../../framework/context.ts'
import { taskName } from '../../options/task-name.ts'
import type { Plan } from '../../plan/plan.ts'
import { readPlanFile } from '../../plan/read-plan-file.ts'
import { openScenarioDirectory, type ScenarioPaths } from '../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import { whileChainIsAway } from '../../runtime/while-chain-is-away.ts'
import { checkPeer } from '../../voting/check-peer.ts'
import { drawSalt } from '../../voting/draw-salt.ts'
import { keptPlace } from '../../voting/kept-place.ts'
import { paceOf } from '../../voting/pace-of.ts'
import { runUntilDone } from '../../voting/run-until-done.ts'
import { showNode } from '../../voting/show-node.ts'
import type { VotingNode } from '../../voting/voting-node.ts'
import { taskNumber, taskWords } from '../stake/stake-place.ts'
import { findTask } from '../task/find-task.ts'
import { agree } from './agree.ts'
import { checkFloors } from './check-floors.ts'
import { type ArenaEntry, enterArena, MAX_MEMBERS } from './enter-arena.ts'
import type { JoinOptions } from './handler.ts'
import { manifestFile } from './manifest-file.ts'
import { memberHost } from './member-host.ts'
import { roomOf } from './row-room.ts'
import { runMember, type Self } from './run-member.ts'
import { whileAudited } from './while-audited.ts'

/** Every node and every validator: whoever is drawn to score a model has to fetch it. */
const NEIGHBOURS = 2 * MAX_MEMBERS

type Entrant = Self & {
  readonly options: JoinOptions
  readonly role: 'node' | 'validator'
  readonly network: Network
  readonly number: bigint
  /** See taskScope. */
  readonly scope: AddressText
  readonly chain: ArenaChain
  readonly task: Task
  readonly leastStake: bigint
}

/** What is judged by, once manifest and rows are known to fit. */
type Means = { readonly plan: Plan; readonly metric: MetricName; readonly data: TrainingRows }

/**
 * Takes part in a task of the arena until it has finished: stakes and joins where the account has not yet, then trains or scores round by
 * round. A task that has finished pays what has vested since.
 * @throws {UserError} usage: BAD_ARGUMENT, MISSING_OPTION, UNKNOWN_TASK, OTHER_MANIFEST, NOT_FOR_ARENAS; refused: OTHER_ROLE,
 * TASK_FINISHED, TASK_FULL, STAKE_TOO_LOW, STAKE_GONE, UNKNOWN_EVALUATION; as join.
 */
export async function runArena(
  options: JoinOptions,
  role: 'node' | 'validator',
  context: Context,
): Promise<undefined> {
  return runMember(options, context, async (self) => {
    const entrant = await whileChainIsAway(context, () => find({ ...self, options, role }))
    const plan = await readPlanFile(manifestFile(options, 'a task’s', context))
    const metric = checkTaskPlan(plan, entrant.task.terms)
    const { dataset, report } = await unlessStopped(context.signal, () =>
      loadTrainingRows(options.dataFile, plan.manifest.data, roomOf(options)),
    )
    // Of a validator's rows nothing but scores leaves.
    if (role === 'node') checkFloors(plan.manifest, report, options.force)
    const paths = openScenarioDirectory(options.directory, entrant.scope)
    try {
      await takePart(entrant, { plan, metric, data: dataset, report, paths }, context)
    } finally {
      paths.lock.release()
    }
  })
}

async function find(who: Self & Pick<Entrant, 'options' | 'role'>): Promise<Entrant> {
  const { options, account, role, clock } = who
  const name = taskName.parse(options.federation)
  if (name === undefined) {
    throw new UserError('usage', `"${options.federation}" is not ${taskName.expected}`, {
      code: 'BAD_ARGUMENT',
      hint: 'fednode task list  shows the tasks of the arena.',
    })
  }
  const network = await openNetwork(account, options)
  const { contracts, since: fromBlock } = network
  const number = taskNumber(network, name)
  await findTask(account, network, name)
  const chain = createArenaChain(account, { contracts, task: number, role, fromBlock, clock })
  const [task, member, least] = await Promise.all([
    chain.task(),
    chain.member(),
    leastStake(account, contracts, role),
  ])
  if (member.role !== 'none' && member.role !== role) throw otherRole(member.role)
  const scope = taskScope(number)
  return { ...who, network, number, scope, chain, task, leastStake: least }
}

function otherRole(role: string): UserError {
  return new UserError('refused', `this account is a ${role} of this task for ever`, {
    code: 'OTHER_ROLE',
    hint: 'Nobody scores what he trained: use another account (--dir) for the other role.',
  })
}

async function takePart(
  entrant: Entrant,
  means: Means & { readonly report: DataReport; readonly paths: ScenarioPaths },
  context: Context,
): Promise<void> {
  const { options, role } = entrant
  const { plan, metric, report, paths } = means
  const journal = createArenaJournal(path.join(paths.directory, ARENA_JOURNAL_FILE))
  try {
    const { network, account, number } = entrant
    const words = taskWords(network, number)
    const where = `Task ${words} of the network ${network.directory} on chain ${account.chainId}`
    const text = describeTask(plan, { ...entrant, metric, where, report })
    const place = keptPlace(words, `arena-${role}`, account)
    await agree({ options, venue: 'task', plan, place, text, journal }, context)
    const nameOf = (cid: Cid): string =>
      journal.models().some((own) => own.cid === cid) ? 'model' : "another's model"
    // Before anything is staked: without its log it could do no duty.
    await whileAudited({ ...paths, nameOf }, context, async (audit) => {
      const staked = await whileChainIsAway(context, () => enterArena(entryOf(entrant)))
      const view = showNode(context, describeArenaEvent)
      view.onEvent({ type: 'joined', account: account.address, role, stake: String(staked) })
      const parts = { ...means, journal, audit, onEvent: view.onEvent }
      const member = await whileChainIsAway(context, () => memberOf(entrant, parts, context))
      await runUntilDone(member, context.signal).finally(view.end)
    })
  } finally {
    journal.close()
  }
}

function entryOf(entrant: Entrant): ArenaEntry {
  const { stake, dir } = entrant.options
  return { ...entrant, contracts: entrant.network.contracts, stake, dir }
}

async function memberOf(
  entrant: Entrant,
  parts: Means & {
    readonly paths: ScenarioPaths
    readonly audit: AuditLog
  } & Pick<ArenaDeps, 'journal' | 'onEvent'>,
  context: Context,
): Promise<VotingNode> {
  const { options, account, role, network, number, scope, chain, leastStake } = entrant
  const { plan, metric, data, paths, journal, audit, onEvent } = parts
  const blobs = createBlobStore(paths.blobs)
  const logger = context.logger.child({ part: 'arena' })
  const place = { registry: network.contracts.registry, task: number, fromBlock: network.since }
  const peers = await createArenaPeers(account, { ...place, logger })
  checkPeer(peers, entrant)
  const { manifest } = plan
  const about = { role, manifest, metric, scope, leastStake, ...paceOf(account.chainId) }
  return createReachingArena(
    { ...about, bootstrap: options.bootstrap ?? [] },
    {
      chain: auditedArena(chain, audit, network.contracts.registry),
      peers,
      journal,
      blobs,
      createHost: (rules) =>
        memberHost({ ...entrant, neighbours: NEIGHBOURS }, { rules, blobs, audit }, context),
      createEngine: () =>
        role === 'node' ? openDaemonEngine(options, context) : openEvaluator(options),
      data,
      drawSalt,
      onEvent,
      logger,
      elapsed: () => performance.now(),
    },
    context.reach,
  )
}
