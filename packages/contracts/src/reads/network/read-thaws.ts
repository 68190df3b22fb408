import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import {
  assetNumber,
  positionKey,
  type StakeAsset,
  type StakePosition,
} from '../../stake-position.ts'
import type { ChainReader } from '../../types.ts'

/** Stake on its way out: what it is worth now, in wei, and from when it can be withdrawn (Unix seconds). */
export type Thaw = { readonly tokens: bigint; readonly readyAt: number }

/**
 * What an account has thawing in a position, oldest first.
 * @throws {ChainError} RPC_FAILED.
 */
export function readThaws(
  reader: ChainReader,
  args: {
    readonly stakeManager: Address
    readonly position: StakePosition
    readonly owner: Address
    /** 'plain' when left out. */
    readonly asset?: StakeAsset
  },
): Promise<readonly Thaw[]> {
  const { stakeManager: address, position, owner, asset = 'plain' } = args
  const call = { address, abi: stakeManagerAbi, functionName: 'thawsOf' } as const
  const key = positionKey(position)
  return ask(reader.public.readContract({ ...call, args: [key, assetNumber(asset), owner] }))
}
