import { type Address, type Hex, hexToBytes } from 'viem'
import { taskRegistryAbi } from '../../generated/network/task-registry.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'

/** A member of a task of the arena, and by what the others recognise its node. */
export type TaskPeer = {
  readonly account: Address
  readonly role: 'node' | 'validator'
  /** ed25519 public key, 32 bytes. */
  readonly peerKey: Hex
  /** 64 bytes claimed to be the key's signature; verify before use (docs/PROTOCOL.md). */
  readonly binding: Uint8Array
}

/** ITaskRegistry.TaskRole. */
const NODE = 1

/**
 * Who takes part in a task, in the order in which they joined: once and for all.
 * @param args - `fromBlock`: block at or before the task's creation; 0 when left out.
 * @throws {ChainError} CHAIN_LOGS_REFUSED, RPC_FAILED.
 */
export async function readTaskPeers(
  reader: ChainReader,
  args: { readonly registry: Address; readonly task: bigint; readonly fromBlock?: bigint },
): Promise<readonly TaskPeer[]> {
  const { registry, task, fromBlock = 0n } = args
  const to = await readBlockNumber(reader)
  const contract = { address: registry, abi: taskRegistryAbi } as const
  const joined = { ...contract, eventName: 'TaskJoined', args: { task }, strict: true } as const
  const events = await inBlockRanges({ from: fromBlock, to }, (range) =>
    reader.public.getContractEvents({ ...joined, fromBlock: range.from, toBlock: range.to }),
  )
  return events.map(({ args: { account, role, peerKey, binding } }) => ({
    account,
    role: role === NODE ? 'node' : 'validator',
    peerKey,
    binding: hexToBytes(binding),
  }))
}
