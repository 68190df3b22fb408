import { type Address, zeroAddress } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { positionKey, type StakePosition } from '../../stake-position.ts'
import { TOGETHER } from '../../together.ts'
import type { ChainReader } from '../../types.ts'

/** Stake of one asset on one side of a position; wei, and Unix seconds. */
export type StakePool = {
  readonly tokens: bigint
  /** Of delegators; 0 for an operator's own stake. */
  readonly shares: bigint
  readonly thawing: bigint
  /** Rewards on their way into a delegation pool, in NetworkToken; they arrive evenly until `streamUntil`. */
  readonly streaming: bigint
  readonly streamUntil: number
}

/** A position, as a StakeManager has it. */
export type PositionState = {
  /** bps. */
  readonly commission: number
  /** A rise that was announced, and from when it holds (Unix seconds). */
  readonly nextCommission: { readonly bps: number; readonly from: number } | undefined
  /** Until when the operator's own stake stays at most; undefined when nothing holds it. */
  readonly heldUntil: number | undefined
  /** Own active stake of both assets, delegated active stake of both, and what counts in draws; wei. */
  readonly own: bigint
  readonly delegated: bigint
  readonly weight: bigint
  /** What a slash can reach of the operator's own. */
  readonly slashable: bigint
  readonly plain: { readonly own: StakePool; readonly pool: StakePool }
  readonly locked: { readonly own: StakePool; readonly pool: StakePool }
}

/**
 * A position's terms and stake; undefined when nobody ever staked in it.
 * @throws {ChainError} RPC_FAILED.
 */
export async function readPosition(
  reader: ChainReader,
  args: { readonly stakeManager: Address; readonly position: StakePosition },
): Promise<PositionState | undefined> {
  const key = positionKey(args.position)
  const contract = { address: args.stakeManager, abi: stakeManagerAbi } as const
  const call = { ...contract, args: [key] } as const
  const [plainCall, lockedCall] = [
    { ...contract, args: [key, 0] },
    { ...contract, args: [key, 1] },
  ] as const
  const [terms, own, delegated, weight, slashable, ownPlain, ownLocked, plain, locked] = await ask(
    reader.public.multicall({
      ...TOGETHER,
      contracts: [
        { ...call, functionName: 'positionOf' },
        { ...call, functionName: 'selfStakeOf' },
        { ...call, functionName: 'delegatedOf' },
        { ...call, functionName: 'weightOf' },
        { ...call, functionName: 'slashableOf' },
        { ...plainCall, functionName: 'ownStakeOf' },
        { ...lockedCall, functionName: 'ownStakeOf' },
        { ...plainCall, functionName: 'poolOf' },
        { ...lockedCall, functionName: 'poolOf' },
      ],
    }),
  )
  if (terms.operator === zeroAddress) return undefined
  const { commission, nextCommission, nextCommissionFrom, heldUntil, holds } = terms
  return {
    commission,
    nextCommission:
      nextCommissionFrom === 0 ? undefined : { bps: nextCommission, from: nextCommissionFrom },
    heldUntil: holds === 0 ? undefined : heldUntil,
    own,
    delegated,
    weight,
    slashable,
    plain: { own: shown(ownPlain), pool: shown(plain) },
    locked: { own: shown(ownLocked), pool: shown(locked) },
  }
}

function shown({ tokens, shares, thawing, streaming, streamUntil }: StakePool): StakePool {
  return { tokens, shares, thawing, streaming, streamUntil }
}
