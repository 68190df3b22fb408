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

/** What an account has delegated to a position in one asset. */
export type DelegationState = {
  readonly shares: bigint
  /** What the shares are worth now, in wei of the asset. */
  readonly tokens: bigint
  /** Waits to become active, in wei of the asset. */
  readonly pending: bigint
  /** From when anybody may activate it; 0 when nothing waits. Unix seconds. */
  readonly activeFrom: number
  /** Of locked stake, in NetworkToken wei; what plain stake earned is in its shares. */
  readonly earned: bigint
}

/** @throws {ChainError} RPC_FAILED. */
export function readDelegation(
  reader: ChainReader,
  args: {
    readonly stakeManager: Address
    readonly position: StakePosition
    readonly delegator: Address
    /** 'plain' when left out. */
    readonly asset?: StakeAsset
  },
): Promise<DelegationState> {
  const { stakeManager: address, position, delegator, asset = 'plain' } = args
  const call = { address, abi: stakeManagerAbi, functionName: 'delegationOf' } as const
  const key = positionKey(position)
  return ask(reader.public.readContract({ ...call, args: [key, assetNumber(asset), delegator] }))
}
