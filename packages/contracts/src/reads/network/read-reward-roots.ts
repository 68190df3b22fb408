import type { Address, Hex } from 'viem'
import { ask } from '../../ask.ts'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainReader } from '../../types.ts'

/** A tree of what everybody has earned so far. */
export type RewardRoot = {
  readonly root: Hex
  /** wei. */
  readonly total: bigint
  readonly epoch: number
  /** Unix seconds. */
  readonly activeFrom: number
  readonly data: Hex
}

/**
 * The root that counts, and the one that waits; undefined where there is none.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readRewardRoots(
  reader: ChainReader,
  { rewards }: { readonly rewards: Address },
): Promise<{ readonly active: RewardRoot | undefined; readonly pending: RewardRoot | undefined }> {
  const contract = { address: rewards, abi: merkleRewardsAbi } as const
  const [active, pending] = await ask(
    Promise.all([
      reader.public.readContract({ ...contract, functionName: 'activeRoot' }),
      reader.public.readContract({ ...contract, functionName: 'pendingRoot' }),
    ]),
  )
  return { active: orNone(active), pending: orNone(pending) }
}

function orNone(root: RewardRoot): RewardRoot | undefined {
  return root.epoch === 0 ? undefined : root
}
