import {
  type AllianceEntry,
  type AllianceRound,
  readAllianceLedger,
  readAllianceRound,
  readEarned,
  readEmission,
  readPosition,
  readSlashes,
  readTaskRounds,
  type TaskRound,
} from '@fednode/contracts'
import type { Address } from 'viem'
import { positionOf } from './found-network.ts'
import { tasksOf } from './govern.ts'
import type { NetworkCast } from './network-cast.ts'
import type { PlannedNode } from './network-plan.ts'
import type { NetworkResult } from './network-result.ts'

/** What the chain says of one node at the end; wei. */
export type NodeFacts = Pick<PlannedNode, 'name' | 'role' | 'rows' | 'attack'> & {
  readonly account: Address
  readonly stakeBefore: bigint
  readonly stakeAfter: bigint
  readonly lost: bigint
  /** In the StakeManager, from rounds and from reports. */
  readonly received: bigint
}

/** What the chain says of a local network's rounds. */
export type NetworkFacts = {
  readonly nodes: readonly NodeFacts[]
  readonly rounds: readonly AllianceRound[]
  readonly ledger: readonly AllianceEntry[]
  readonly task: TaskRound | undefined
  readonly emission: NetworkResult['emission']
}

/** Reads them. @param about - `stakes`: what each node had at stake before the first round, by name. */
export async function readNetworkFacts(
  cast: NetworkCast,
  about: {
    readonly id: bigint
    readonly rounds: number
    readonly stakes: ReadonlyMap<string, bigint>
  },
): Promise<NetworkFacts> {
  const { founder, network } = cast
  const { since: fromBlock, contracts } = network
  const { alliance, registry, emission } = contracts
  const place = { alliance, id: about.id }
  const rounds = await Promise.all(
    Array.from({ length: about.rounds }, (_, at) =>
      readAllianceRound(founder, { ...place, round: at + 1 }),
    ),
  )
  const { arena: task } = tasksOf(cast)
  const [first] = await readTaskRounds(founder, { registry, task, fromBlock })
  const nodes: NodeFacts[] = []
  for (const node of cast.nodes) {
    nodes.push(await nodeFacts(cast, node, about.stakes.get(node.name) ?? 0n))
  }
  const emitted = await readEmission(founder, { emission })
  return {
    nodes,
    rounds,
    ledger: await readAllianceLedger(founder, { ...place, fromBlock }),
    task: first,
    emission: emissionOf(emitted),
  }
}

async function nodeFacts(
  cast: NetworkCast,
  node: NetworkCast['nodes'][number],
  stakeBefore: bigint,
): Promise<NodeFacts> {
  const { founder, network } = cast
  const { stakeManager } = network.contracts
  const position = positionOf(cast, node)
  const [after, received, slashes] = await Promise.all([
    readPosition(founder, { stakeManager, position }),
    readEarned(founder, { stakeManager, owner: node.account.address }),
    readSlashes(founder, { ...network, position }),
  ])
  const { name, role, rows, attack, account } = node
  return {
    name,
    role,
    rows,
    ...(attack === undefined ? {} : { attack }),
    account: account.address,
    stakeBefore,
    stakeAfter: after?.own ?? 0n,
    lost: slashes.reduce((sum, { own }) => sum + own, 0n),
    received,
  }
}

const BPS = 10_000n

function emissionOf({
  daysEmitted,
  minted,
  recipients,
}: Awaited<ReturnType<typeof readEmission>>): NetworkResult['emission'] {
  // Tasks come first, as the network was deployed; the rest is the treasury's.
  const tasks = (minted * BigInt(recipients[0]?.bps ?? 0)) / BPS
  return { days: daysEmitted, minted, tasks, treasury: minted - tasks }
}
