import {
  type ChainAccount,
  joinTask,
  type NetworkContracts,
  stake,
  type Task,
} from '@fednode/contracts'
import { type PeerKey, taskScope, UserError } from '@fednode/protocol'
import type { ArenaChain } from '../../arena/arena-chain.ts'
import { namingNetworkTokens } from '../../chain/naming-network-tokens.ts'
import { requireGasMoney } from '../../chain/require-gas-money.ts'
import { proveMembership } from '../../voting/prove-membership.ts'
import { missingStake } from './missing-stake.ts'

/** Nodes, and validators, of a task at most (ArenaState.sol). */
export const MAX_MEMBERS = 64

/** Who enters which task, as what. */
export type ArenaEntry = {
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly role: 'node' | 'validator'
  readonly contracts: Pick<NetworkContracts, 'registry' | 'stakeManager' | 'token' | 'lockedStake'>
  /** Number of the task in the StakeManager. */
  readonly number: bigint
  readonly chain: Pick<ArenaChain, 'task' | 'member' | 'means'>
  /** Own stake that the role asks for, wei. */
  readonly leastStake: bigint
  /** In whole tokens, as typed; undefined: nothing. */
  readonly stake: string | undefined
  /** As the user wrote it, for hints. */
  readonly dir: string
}

/**
 * Stakes what is missing, and joins; does nothing for who takes part already.
 * @returns own stake, wei.
 * @throws {UserError} refused: TASK_FINISHED, TASK_FULL, STAKE_TOO_LOW; NO_GAS_MONEY (chain). {ChainError} as joinTask.
 */
export async function enterArena(entry: ArenaEntry): Promise<bigint> {
  const { account, peerKey, role, contracts, number: task, chain, dir } = entry
  const { leastStake: least, stake: given } = entry
  const { stake: own } = await chain.means()
  if ((await chain.member()).role !== 'none') return own
  // Before anything is staked that takes days to come back.
  checkOpen(entry, await chain.task())
  await requireGasMoney(account, dir)
  const amount = missingStake({ account, own, least, given, venue: 'task' })
  const { registry, stakeManager } = contracts
  if (amount > 0n) {
    const stakeRole = role === 'node' ? 'training-node' : 'validator'
    const adding = { stakeManager, role: stakeRole, task, amount } as const
    await namingNetworkTokens(contracts, () => stake(account, adding))
  }
  const proof = proveMembership(account, { peerKey, scope: taskScope(task) })
  await joinTask(account, { registry, task, role, ...proof })
  return own + amount
}

function checkOpen(
  { role }: Pick<ArenaEntry, 'role'>,
  { phase, nodes, validators }: Pick<Task, 'phase' | 'nodes' | 'validators'>,
): void {
  if (phase === 'finished') {
    throw new UserError('refused', 'this task has finished', {
      code: 'TASK_FINISHED',
      hint: 'fednode task list --open  shows those that have not.',
    })
  }
  if ((role === 'node' ? nodes : validators).length < MAX_MEMBERS) return
  throw new UserError('refused', `this task has all of its ${MAX_MEMBERS} ${role}s`, {
    code: 'TASK_FULL',
    hint: 'fednode task list --open  shows others.',
  })
}
