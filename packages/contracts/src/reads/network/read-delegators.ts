import type { Address } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { assetNumber, positionKey, type StakePosition } from '../../stake-position.ts'
import { TOGETHER } from '../../together.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'

const ASSETS = ['plain', 'locked'] as const
/** Of calls that go together: code that brings them has to be below 49,152 bytes (EIP-3860). */
const MAX_CALL_BYTES = 10_000

/** Who has delegated to a position. @property tokens - what is active now, FDN and locked stake together; wei. */
export type Delegator = { readonly delegator: Address; readonly tokens: bigint }

/**
 * Whose delegations to a position are active, as of one block, in the order in which they came first.
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
  const key = positionKey(position)
  const ofPosition = { ...delegated, args: { key } } as const
  const events = await inBlockRanges({ from, to }, (range) =>
    reader.public.getContractEvents({ ...ofPosition, fromBlock: range.from, toBlock: range.to }),
  )
  const accounts = [...new Set(events.map(({ args: { delegator } }) => delegator))]
  const call = { ...contract, functionName: 'delegationOf' } as const
  const delegations = await ask(
    reader.public.multicall({
      ...{ ...TOGETHER, batchSize: MAX_CALL_BYTES, blockNumber: to },
      contracts: accounts.flatMap((delegator) =>
        ASSETS.map((asset) => ({ ...call, args: [key, assetNumber(asset), delegator] }) as const),
      ),
    }),
  )
  return accounts
    .map((delegator, index) => {
      const own = delegations.slice(ASSETS.length * index, ASSETS.length * (index + 1))
      return { delegator, tokens: own.reduce((sum, { tokens }) => sum + tokens, 0n) }
    })
    .filter(({ tokens }) => tokens > 0n)
}
