import { type Address, zeroAddress } from 'viem'
import { ask } from '../../ask.ts'
import { merkleRewardsAbi } from '../../generated/network/merkle-rewards.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'
import { type RewardRoot, readRewardRoots } from './read-reward-roots.ts'

/** What roots of rewards give, and what they may. */
export type Rewards = {
  readonly active: RewardRoot | undefined
  readonly pending: RewardRoot | undefined
  /** Of the root that waits. @property bond - wei. */
  readonly challenge: { readonly challenger: Address; readonly bond: bigint } | undefined
  /** wei that roots may give away, ever; wei that were. */
  readonly funded: bigint
  readonly paid: bigint
  /** Seconds that a new root waits. */
  readonly delay: number
  /** wei that a challenge takes. */
  readonly challengeBond: bigint
  /** Of claims, in ten-thousandths. */
  readonly claimFeeBps: number
}

/** Reads a network's roots of rewards. @throws {ChainError} RPC_FAILED. */
export async function readRewards(
  reader: ChainReader,
  { rewards }: { readonly rewards: Address },
): Promise<Rewards> {
  const contract = { address: rewards, abi: merkleRewardsAbi } as const
  const read = <const F extends 'delay' | 'challengeBond' | 'claimFeeBps'>(functionName: F) =>
    reader.public.readContract({ ...contract, functionName })
  const [roots, [challenger, bond], [funded, paid], delay, challengeBond, claimFeeBps] = await ask(
    Promise.all([
      readRewardRoots(reader, { rewards }),
      reader.public.readContract({ ...contract, functionName: 'challengeOf' }),
      reader.public.readContract({ ...contract, functionName: 'totals' }),
      read('delay'),
      read('challengeBond'),
      read('claimFeeBps'),
    ]),
  )
  const challenge = challenger === zeroAddress ? undefined : { challenger, bond }
  return { ...roots, challenge, funded, paid, delay, challengeBond, claimFeeBps }
}

/**
 * The epoch of the next root, which is in every leaf: one more than of the last that was submitted, whatever became of that.
 * @param args - `fromBlock`: block at or before the contract's creation.
 * @throws {ChainError} CHAIN_LOGS_REFUSED, RPC_FAILED.
 */
export async function readNextEpoch(
  reader: ChainReader,
  { rewards, fromBlock }: { readonly rewards: Address; readonly fromBlock: bigint },
): Promise<number> {
  const to = await readBlockNumber(reader)
  const submitted = { address: rewards, abi: merkleRewardsAbi, eventName: 'RootSubmitted' } as const
  const events = await inBlockRanges({ from: fromBlock, to }, (range) =>
    reader.public.getContractEvents({
      ...{ ...submitted, strict: true },
      ...{ fromBlock: range.from, toBlock: range.to },
    }),
  )
  return (events.at(-1)?.args.epoch ?? 0) + 1
}

/** wei that an account was paid by roots so far. @throws {ChainError} RPC_FAILED. */
export function readRewardPaid(
  reader: ChainReader,
  { rewards, account }: { readonly rewards: Address; readonly account: Address },
): Promise<bigint> {
  const call = { address: rewards, abi: merkleRewardsAbi, functionName: 'paidTo' } as const
  return ask(reader.public.readContract({ ...call, args: [account] }))
}
