import { randomBytes } from 'node:crypto'
import path from 'node:path'
import {
  type ChainAccount,
  LOCAL_CHAIN_ID,
  type Network,
  ONE_TOKEN,
  readStakeParameters,
  type Task,
} from '@fednode/contracts'
import { type Dataset, loadDataset } from '@fednode/engine'
import {
  createBlobStore,
  createHost,
  type MetricName,
  type PeerKey,
  taskScope,
  UserError,
} from '@fednode/protocol'
import { type ArenaChain, createArenaChain } from '../../arena/arena-chain.ts'
import { ARENA_JOURNAL_FILE, createArenaJournal } from '../../arena/arena-journal.ts'
import type { ArenaDeps, ArenaOptions } from '../../arena/arena-member.ts'
import { createArenaPeers } from '../../arena/arena-peers.ts'
import { checkTaskPlan } from '../../arena/check-task-plan.ts'
import { createArenaMember } from '../../arena/create-arena-member.ts'
import { describeArenaEvent } from '../../arena/describe-arena-event.ts'
import { describeTask } from '../../arena/describe-task.ts'
import { answers } from '../../chain/answers.ts'
import { connectAs } from '../../chain/connect-as.ts'
import { openNetwork } from '../../chain/open-network.ts'
import { openDaemonEngine } from '../../engines/open-daemon-engine.ts'
import { openEvaluator } from '../../engines/open-engine.ts'
import { cleanText } from '../../framework/clean-line.ts'
import type { Context } from '../../framework/context.ts'
import { loadPeerKey } from '../../identity/load-identity.ts'
import { runObserved } from '../../metrics/run-observed.ts'
import type { Monitor } from '../../metrics/start-monitor.ts'
import { networkOf } from '../../network/network-of.ts'
import { taskName } from '../../options/task-name.ts'
import type { Plan } from '../../plan/plan.ts'
import { readPlanFile } from '../../plan/read-plan-file.ts'
import { openScenarioDirectory, type ScenarioPaths } from '../../runtime/scenario-directory.ts'
import { unlessStopped } from '../../runtime/unless-stopped.ts'
import { whileChainIsAway } from '../../runtime/while-chain-is-away.ts'
import { showNode } from '../../voting/show-node.ts'
import type { VotingNode } from '../../voting/voting-node.ts'
import { taskNumber } from '../stake/stake-place.ts'
import { findTask } from '../task/find-task.ts'
import { askConsent } from './ask-consent.ts'
import { checkFloors } from './check-floors.ts'
import { type ArenaEntry, enterArena, MAX_MEMBERS } from './enter-arena.ts'
import type { JoinOptions } from './handler.ts'
import { roleWords } from './role-words.ts'

/** How often the chain is asked, and how long one member waits for another's transaction, in ms. */
const LOCAL_PACE = { pollMs: 300, turnMs: 1_000 }
const PUBLIC_PACE = { pollMs: 4_000, turnMs: 15_000 }
/** Every node and every validator: whoever is drawn to score a model has to fetch it. */
const NEIGHBOURS = 2 * MAX_MEMBERS
const SALT_BYTES = 32

type Entrant = {
  readonly options: JoinOptions
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly role: 'node' | 'validator'
  readonly network: Network
  readonly number: bigint
  readonly chain: ArenaChain
  readonly task: Task
  readonly leastStake: bigint
}

/** What is judged by, once manifest and rows are known to fit. */
type Means = { readonly plan: Plan; readonly metric: MetricName; readonly data: Dataset }

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
  return runObserved({ options, context, needs: ['chain'] }, (monitor) =>
    connectAndTakePart({ options, role }, context, monitor),
  )
}

async function connectAndTakePart(
  { options, role }: Pick<Entrant, 'options' | 'role'>,
  context: Context,
  monitor: Pick<Monitor<never>, 'meet'>,
): Promise<void> {
  const peerKey = await loadPeerKey(options.directory)
  const account = await unlessStopped(context.signal, () => connectAs(options, context))
  try {
    monitor.meet('chain', () => answers(account))
    const entrant = await whileChainIsAway(context, () => find({ options, account, peerKey, role }))
    const plan = await readPlanFile(manifestFile(options, context))
    const metric = checkTaskPlan(plan, entrant.task.terms)
    const paths = openScenarioDirectory(options.directory, taskScope(entrant.number))
    try {
      await takePart(entrant, { plan, metric, paths }, context)
    } finally {
      paths.lock.release()
    }
  } finally {
    await account.close()
  }
}

async function find(
  who: Pick<Entrant, 'options' | 'account' | 'peerKey' | 'role'>,
): Promise<Entrant> {
  const { options, account, role } = who
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
  const chain = createArenaChain(account, { contracts, task: number, role, fromBlock })
  const [task, member, parameters] = await Promise.all([
    chain.task(),
    chain.member(),
    readStakeParameters(account, contracts),
  ])
  if (member.role !== 'none' && member.role !== role) throw otherRole(member.role)
  const least = role === 'node' ? 'min-training-node' : 'min-validator'
  const tokens = parameters.find((one) => one.name === least)?.value ?? 0
  return { ...who, network, number, chain, task, leastStake: BigInt(tokens) * ONE_TOKEN }
}

function otherRole(role: string): UserError {
  return new UserError('refused', `this account is a ${role} of this task for ever`, {
    code: 'OTHER_ROLE',
    hint: 'Nobody scores what he trained: use another account (--dir) for the other role.',
  })
}

function manifestFile({ manifest }: JoinOptions, { cwd }: Context): string {
  if (manifest !== undefined) return path.resolve(cwd, manifest)
  throw new UserError('usage', '--manifest is missing', {
    code: 'MISSING_OPTION',
    hint: 'The chain has only the digest of a task’s manifest: ask who created it for the file.',
  })
}

async function takePart(
  entrant: Entrant,
  { plan, metric, paths }: { plan: Plan; metric: MetricName; paths: ScenarioPaths },
  context: Context,
): Promise<void> {
  const { options, role } = entrant
  const { dataset, report } = await unlessStopped(context.signal, () =>
    loadDataset(options.dataFile, plan.manifest.data),
  )
  // Of a validator's rows nothing but scores leaves.
  if (role === 'node') checkFloors(plan.manifest, report, options.force)
  const journal = createArenaJournal(path.join(paths.directory, ARENA_JOURNAL_FILE))
  try {
    const { network, account, number } = entrant
    const where = `Task ${number} of the network ${network.directory} on chain ${account.chainId}`
    const shown = describeTask(plan, { ...entrant, metric, where, report })
    context.stderr.write(`${cleanText(shown)}\n\n`)
    const federation = roleWords(options)
    await askConsent(plan.cid, { ...options, federation, earlier: journal.consent() }, context)
    journal.saveConsent(plan.cid, context.now())
    const view = showNode(context, describeArenaEvent)
    const staked = await whileChainIsAway(context, () => enterArena(entryOf(entrant)))
    view.onEvent({ type: 'joined', account: account.address, role, stake: String(staked) })
    const parts = { plan, metric, data: dataset, paths, journal, onEvent: view.onEvent }
    const member = await whileChainIsAway(context, () => memberOf(entrant, parts, context))
    await live(member, context).finally(view.end)
  } finally {
    journal.close()
  }
}

function entryOf(entrant: Entrant): ArenaEntry {
  const { stake, dir } = entrant.options
  return { ...entrant, contracts: entrant.network.contracts, stake, dir }
}

async function memberOf(
  { options, account, peerKey, role, network, number, chain, leastStake }: Entrant,
  parts: Means & { readonly paths: ScenarioPaths } & Pick<ArenaDeps, 'journal' | 'onEvent'>,
  context: Context,
): Promise<VotingNode> {
  const { plan, metric, data, paths, journal, onEvent } = parts
  const { chainId } = account
  const scope = taskScope(number)
  const blobs = createBlobStore(paths.blobs)
  const logger = context.logger.child({ part: 'arena' })
  const registry = `0x${network.contracts.registry.slice(2).toLowerCase()}` as const
  const about: ArenaOptions = {
    role,
    manifest: plan.manifest,
    metric,
    scope,
    leastStake,
    ...(chainId === LOCAL_CHAIN_ID ? LOCAL_PACE : PUBLIC_PACE),
    bootstrap: options.bootstrap ?? [],
  }
  const fromBlock = network.since
  return createArenaMember(about, {
    chain,
    peers: await createArenaPeers(account, { registry, task: number, fromBlock, logger }),
    journal,
    blobs,
    createHost: (rules) =>
      createHost(
        {
          peerKey,
          ...networkOf(options),
          neighbours: NEIGHBOURS,
          chainId,
          scenario: scope,
          blobs,
        },
        { rules, logger: context.logger.child({ part: 'host' }), clock: context.now },
      ),
    createEngine: () =>
      role === 'node' ? openDaemonEngine(options, context) : openEvaluator(options),
    data,
    drawSalt: () => randomBytes(SALT_BYTES),
    onEvent,
    logger,
    now: context.now,
    ...(context.reach === undefined ? {} : { reach: context.reach }),
  })
}

async function live(member: VotingNode, { signal }: Context): Promise<void> {
  signal.addEventListener('abort', () => void member.stop())
  try {
    await member.start()
    if (signal.aborted) await member.stop()
    await member.done
  } finally {
    await member.stop()
  }
}
