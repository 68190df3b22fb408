import { evaluationDigest } from '@fednode/aggregator'
import {
  advanceTime,
  collectAllianceEmission,
  collectTaskEmission,
  createAlliance,
  createTask,
  distributeEmission,
  fundTask,
  ONE_TOKEN,
  readAlliance,
  readBlockTime,
  readPosition,
  readTask,
  type StakePosition,
  stake,
  taskIdOf,
} from '@fednode/contracts'
import type { Engine } from '@fednode/engine'
import { cidOfBlob, digestOfCid } from '@fednode/protocol'
import { firstModel } from '../../alliance/first-model.ts'
import { tasksOf } from './govern.ts'
import type { NetworkCast } from './network-cast.ts'
import type { NetworkPlan } from './network-plan.ts'
import type { NetworkRole } from './people.ts'

/** What the founder pays into the alliance's pool and the task's pot. */
const POOL = 4_000n * ONE_TOKEN
const POT = 1_000n * ONE_TOKEN
/** What each node stakes: more than the least, so that a penalty drops nobody. */
const STAKES: { readonly [R in NetworkRole]: bigint } = {
  alliance: 5_000n * ONE_TOKEN,
  'arena-node': 4_000n * ONE_TOKEN,
  'arena-validator': 4_000n * ONE_TOKEN,
}
const CREATOR_STAKE = 4_000n * ONE_TOKEN
const LEAST_STAKE = 1_000n * ONE_TOKEN
const PROPOSERS = 3
const VOTERS = 5
/** Seconds. Long: everybody's part ends a phase, and a slow machine must lose nobody. */
const ALLIANCE_WINDOW = 1_800
/** Seconds. The arena's phases end by time, which the local chain's clock makes short: only the beacon has to sign each round of it. */
const ARENA_PHASE = 120
const SHARE_BPS = 1_000
const SEATS = 3
const DAY = 86_400n
/** What the task's models are scored by. */
export const ARENA_METRIC = 'accuracy'

/** The alliance, before anybody has joined it. */
export async function foundAlliance(
  { founder, network, nodes }: NetworkCast,
  { plan, engine }: { readonly plan: NetworkPlan; readonly engine: Engine },
): Promise<{ readonly id: bigint }> {
  const participants = nodes.filter(({ role }) => role === 'alliance').length
  return createAlliance(founder, {
    alliance: network.contracts.alliance,
    terms: {
      manifest: digestOfCid(plan.manifestCid),
      model: digestOfCid(cidOfBlob(firstModel(engine, plan.manifest))),
      rounds: plan.rounds,
      minParticipants: participants,
      maxParticipants: participants,
      proposers: PROPOSERS,
      voters: VOTERS,
      contributeWindow: ALLIANCE_WINDOW,
      commitWindow: ALLIANCE_WINDOW,
      revealWindow: ALLIANCE_WINDOW,
      minStake: LEAST_STAKE,
    },
    pool: POOL,
  })
}

/** The position of somebody who runs a node. */
export function positionOf(
  cast: NetworkCast,
  { account, role }: Pick<NetworkCast['nodes'][number], 'account' | 'role'>,
): StakePosition {
  const { alliance, arena } = tasksOf(cast)
  const operator = account.address
  if (role === 'alliance') return { operator, role, task: alliance }
  return { operator, role: role === 'arena-node' ? 'training-node' : 'validator', task: arena }
}

/** Everybody stakes; from then on the emission counts it. @returns what each has at stake, by name. */
export async function stakeAll(cast: NetworkCast): Promise<ReadonlyMap<string, bigint>> {
  const { stakeManager, registry } = cast.network.contracts
  const stakes = new Map<string, bigint>()
  for (const node of cast.nodes) {
    const position = positionOf(cast, node)
    const { role, task } = position
    await stake(node.account, { stakeManager, role, task, amount: STAKES[node.role] })
    const found = await readPosition(node.account, { stakeManager, position })
    stakes.set(node.name, found?.own ?? 0n)
  }
  const creator = { role: 'task-creator', task: taskIdOf(registry, 0n) } as const
  await stake(cast.founder, { stakeManager, ...creator, amount: CREATOR_STAKE })
  return stakes
}

/** Two days pass: at the end of the first the stakes are noted, at the end of the second the emission of both is split by them. */
export async function passTwoDays({ founder, network }: NetworkCast): Promise<void> {
  const { taskEmission } = network.contracts
  await advanceTime(founder, (await readBlockTime(founder)) + DAY)
  await distributeEmission(founder, { taskEmission })
  await advanceTime(founder, (await readBlockTime(founder)) + DAY)
  await distributeEmission(founder, { taskEmission })
}

/** What the alliance's pool and the task's pot hold before the first round, and of that, what the founder paid in; wei. */
export type Pots = {
  readonly pool: bigint
  readonly poolFunded: bigint
  readonly pot: bigint
  readonly potFunded: bigint
}

/** Poses the arena's task, and lets both pots collect what was emitted for them. */
export async function openPots(
  cast: NetworkCast,
  { plan, id }: { readonly plan: NetworkPlan; readonly id: bigint },
): Promise<Pots> {
  const { founder, network } = cast
  const { registry, alliance } = network.contracts
  await collectAllianceEmission(founder, { alliance, id })
  const { task } = await createTask(founder, {
    registry,
    terms: {
      manifest: digestOfCid(plan.manifestCid),
      evaluation: evaluationDigest(ARENA_METRIC),
      rounds: 1,
      submitSeconds: ARENA_PHASE,
      commitSeconds: ARENA_PHASE,
      revealSeconds: ARENA_PHASE,
      shareBps: SHARE_BPS,
      seats: SEATS,
    },
    pot: POT,
  })
  await fundTask(founder, { registry, task, amount: POT })
  await collectTaskEmission(founder, { registry, task })
  const [{ pool }, posed] = await Promise.all([
    readAlliance(founder, { alliance, id }),
    readTask(founder, { registry, task }),
  ])
  return { pool, poolFunded: POOL, pot: posed?.pot ?? 0n, potFunded: POT }
}
