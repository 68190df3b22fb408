import {
  type ChainAccount,
  formatAmount,
  joinTask,
  type NetworkContracts,
  parseAmount,
  stake,
  type Task,
} from '@fednode/contracts'
import { type PeerKey, signBinding, taskScope, UserError } from '@fednode/protocol'
import type { ArenaChain } from '../../arena/arena-chain.ts'
import { requireGasMoney } from '../../chain/require-gas-money.ts'

/** Nodes, and validators, of a task at most (ArenaState.sol). */
export const MAX_MEMBERS = 64

/** Who enters which task, as what. */
export type ArenaEntry = {
  readonly account: ChainAccount
  readonly peerKey: PeerKey
  readonly role: 'node' | 'validator'
  readonly contracts: Pick<NetworkContracts, 'registry' | 'stakeManager'>
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
  const { stake: own } = await chain.means()
  if ((await chain.member()).role !== 'none') return own
  // Before anything is staked that takes days to come back.
  checkOpen(entry, await chain.task())
  await requireGasMoney(account, dir)
  const amount = missing(entry, own)
  const { registry, stakeManager } = contracts
  if (amount > 0n) {
    const stakeRole = role === 'node' ? 'training-node' : 'validator'
    await stake(account, { stakeManager, role: stakeRole, task, amount })
  }
  const { chainId, address } = account
  const binding = signBinding({ chainId, scenario: taskScope(task), account: address, peerKey })
  const key = `0x${Buffer.from(peerKey.publicKey).toString('hex')}` as const
  await joinTask(account, { registry, task, role, peerKey: key, binding })
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

function missing(
  { account, leastStake, stake: given }: Pick<ArenaEntry, 'account' | 'leastStake' | 'stake'>,
  own: bigint,
): bigint {
  if (own >= leastStake) return 0n
  const amount = given === undefined ? 0n : parseAmount(given)
  if (own + amount >= leastStake) return amount
  const adding = amount === 0n ? '' : `, ${formatAmount(amount)} more with --stake`
  throw new UserError(
    'refused',
    `account ${account.address} has ${formatAmount(own)} FDN at stake in this task${adding}; its role asks for ${formatAmount(leastStake)}`,
    { code: 'STAKE_TOO_LOW', hint: 'Give  --stake AMOUNT  to stake what is missing.' },
  )
}
