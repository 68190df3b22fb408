import { type Address, zeroAddress } from 'viem'
import { ask } from '../../ask.ts'
import { lockedStakeAbi } from '../../generated/network/locked-stake.ts'
import type { ChainReader } from '../../types.ts'

/** A lock: what its owner gets back in NetworkToken, for how much locked stake, from when (Unix seconds). Amounts in wei. */
export type StakeLock = {
  readonly owner: Address
  readonly unlockAt: number
  readonly principal: bigint
  readonly amount: bigint
}

/**
 * One lock; undefined when there is none of this number.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readLock(
  reader: ChainReader,
  { lockedStake, id }: { readonly lockedStake: Address; readonly id: bigint },
): Promise<StakeLock | undefined> {
  const call = { address: lockedStake, abi: lockedStakeAbi, functionName: 'lockOf' } as const
  const lock = await ask(reader.public.readContract({ ...call, args: [id] }))
  return lock.owner === zeroAddress ? undefined : lock
}
