import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { positionKey, type StakePosition } from '../../stake-position.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'
import type { Network } from './read-network.ts'

/** IStakeManager's Reason. */
const REASONS = ['missed-reveal', 'outlier', 'wrong-assessment', 'equivocation'] as const

/** Stake that was taken from a position; wei. */
export type Slash = {
  readonly reason: (typeof REASONS)[number]
  /** Of the operator's own, and of its delegators. */
  readonly own: bigint
  readonly delegated: bigint
  readonly block: bigint
  readonly transaction: `0x${string}`
}

/**
 * What was ever taken from a position, oldest first.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readSlashes(
  reader: ChainReader,
  args: Pick<Network, 'contracts' | 'since'> & { readonly position: StakePosition },
): Promise<readonly Slash[]> {
  const whole = { from: args.since, to: await readBlockNumber(reader) }
  const slashed = {
    address: args.contracts.stakeManager,
    abi: stakeManagerAbi,
    eventName: 'Slashed',
    args: { key: positionKey(args.position) },
    strict: true,
  } as const
  const events = await inBlockRanges(whole, ({ from, to }) =>
    reader.public.getContractEvents({ ...slashed, fromBlock: from, toBlock: to }),
  )
  return events.map(({ args: { reason, self, delegated }, blockNumber, transactionHash }) => ({
    reason: REASONS[reason] ?? 'equivocation',
    own: self,
    delegated,
    block: blockNumber,
    transaction: transactionHash,
  }))
}
