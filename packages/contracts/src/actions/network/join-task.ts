import { type Address, bytesToHex, encodeFunctionData, type Hex } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainAccount, Mined } from '../../types.ts'
import { sendCall } from './send-call.ts'

/**
 * Takes part in a task with the stake that the account has in it; the stake is held until the task has finished.
 * @param args - `peerKey`: ed25519 public key of its node; `binding`: the key's signature over this membership (signBinding, with taskScope
 * in place of a Scenario).
 * @throws {ChainError} MEMBER_STAKE_TOO_SMALL, ALREADY_IN_TASK (refused); TASK_FULL; PEER_KEY_INVALID, BINDING_LENGTH.
 */
export function joinTask(
  account: ChainAccount,
  args: {
    readonly registry: Address
    readonly task: bigint
    readonly role: 'node' | 'validator'
    readonly peerKey: Hex
    readonly binding: Uint8Array
  },
): Promise<Mined> {
  const { registry, task, role, peerKey, binding } = args
  const data = encodeFunctionData({
    abi: taskRegistryAbi,
    functionName: 'join',
    args: [task, role === 'node' ? 1 : 2, peerKey, bytesToHex(binding)],
  })
  return sendCall(account, { to: registry, data })
}
