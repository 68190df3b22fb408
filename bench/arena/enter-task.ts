import {
  type ChainAccount,
  joinTask,
  ONE_TOKEN,
  stake,
  transferToken,
} from '../../packages/contracts/src/index.ts'
import { proveMembership } from '../../packages/node/src/voting/prove-membership.ts'
import { type PeerKey, taskScope } from '../../packages/protocol/src/index.ts'
import { type ArenaScene, STAKE } from './arena-scene.ts'

/** For the fee that training nodes pay on top of their stake. */
export const FOR_FEE = 1_000n * ONE_TOKEN

/** Gives an account what it stakes; native coin it has. */
export async function giveStake(
  { founder, network }: ArenaScene,
  to: `0x${string}`,
): Promise<void> {
  const { token } = network.contracts
  await transferToken(founder, { token, to, amount: STAKE + FOR_FEE })
}

/** Stakes and joins as an account whose node has this key. */
export async function enterTask(
  { network, task }: ArenaScene,
  member: {
    readonly account: ChainAccount
    readonly peerKey: PeerKey
    readonly role: 'node' | 'validator'
  },
): Promise<void> {
  const { account, peerKey, role } = member
  const { registry, stakeManager } = network.contracts
  const stakeRole = role === 'node' ? 'training-node' : 'validator'
  await stake(account, { stakeManager, role: stakeRole, task, amount: STAKE })
  const proof = proveMembership(account, { peerKey, scope: taskScope(task) })
  await joinTask(account, { registry, task, role, ...proof })
}
