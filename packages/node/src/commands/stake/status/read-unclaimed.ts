import {
  type ChainReader,
  type Network,
  readAllianceMoney,
  readPurse,
  readTaskMember,
  type StakePosition,
  type StakeRole,
  type TaskMember,
  taskIdOf,
} from '@fednode/contracts'
import { taskWords } from '../stake-place.ts'

/** What a position earned in its task that is not paid to it yet; wei. */
export type Unclaimed = {
  /** Paid to the position, where its delegators have their part, by the command. */
  readonly claimable: bigint
  /** Vests from the end of the task. */
  readonly vesting: bigint
  readonly command: string
}

const TASK_BITS = 96
/** What is staked for by whom a task pays. */
const PAID_ROLES: { readonly [R in TaskMember['role']]: StakeRole | undefined } = {
  none: undefined,
  node: 'training-node',
  validator: 'validator',
}

/** Asks the contract that owns the task; undefined where it pays no such position. */
export async function readUnclaimed(
  reader: ChainReader,
  network: Network,
  { position, account }: { readonly position: StakePosition; readonly account: `0x${string}` },
): Promise<Unclaimed | undefined> {
  const { registry, alliance } = network.contracts
  const { operator, role, task } = position
  const id = BigInt.asUintN(TASK_BITS, task)
  const isOwn = operator.toLowerCase() === account.toLowerCase()
  const whose = isOwn ? '' : ` --member ${operator.toLowerCase()}`
  if (task === taskIdOf(registry, id)) {
    const place = { registry, task, member: operator }
    const member = await readTaskMember(reader, place)
    if (PAID_ROLES[member.role] !== role) return undefined
    const { free, locked, drawn, due } = await readPurse(reader, place)
    const command = `fednode task claim ${taskWords(network, task)}${whose}`
    return { claimable: due, vesting: free + locked - drawn - due, command }
  }
  if (task !== taskIdOf(alliance, id) || role !== 'alliance') return undefined
  const { earned } = await readAllianceMoney(reader, { alliance, id, account: operator })
  return { claimable: earned, vesting: 0n, command: `fednode alliance claim ${id}${whose}` }
}
