import type { Address } from 'viem'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { positionKey, type StakePosition } from '../../stake-position.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'
import { readDelegation } from './read-delegation.ts'

/** Who has delegated to a position. @property tokens - what is active now, FDN and locked stake together; wei. */
export type Delegator = { readonly delegator: Address; readonly tokens: bigint }

/**
 * Whose delegations to a position are active, in the order in which they came first.
 * @param args - `fromBlock`: block at or before the contract's creation.
 * @throws {ChainError} CHAIN_LOGS_REFUSED, RPC_FAILED.
 */
export async function readDelegators(
  reader: ChainReader,
  args: {
    readonly stakeManager: Address
    readonly position: StakePosition
    readonly fromBlock: bigint
  },
): Promise<readonly Delegator[]> {
  const { stakeManager, position, fromBlock: from } = args
  const to = await readBlockNumber(reader)
  const contract = { address: stakeManager, abi: stakeManagerAbi } as const
  const delegated = { ...contract, eventName: 'Delegated', strict: true } as const
  const ofPosition = { ...delegated, args: { key: positionKey(position) } } as const
  const events = await inBlockRanges({ from, to }, (range) =>
    reader.public.getContractEvents({ ...ofPosition, fromBlock: range.from, toBlock: range.to }),
  )
  const accounts = [...new Set(events.map(({ args: { delegator } }) => delegator))]
  const found = await Promise.all(
    accounts.map(async (delegator) => {
      const [plain, locked] = await Promise.all(
        (['plain', 'locked'] as const).map((asset) =>
          readDelegation(reader, { stakeManager, position, delegator, asset }),
        ),
      )
      return { delegator, tokens: (plain?.tokens ?? 0n) + (locked?.tokens ?? 0n) }
    }),
  )
  return found.filter(({ tokens }) => tokens > 0n)
}
