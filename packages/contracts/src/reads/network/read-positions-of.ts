import type { Address, Hex } from 'viem'
import { ask } from '../../ask.ts'
import { stakeManagerAbi } from '../../generated/network/stake-manager.ts'
import { roleFrom, type StakePosition } from '../../stake-position.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'
import type { Network } from './read-network.ts'

/**
 * Every position that an account ever opened or delegated to, in the order of its first time there.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readPositionsOf(
  reader: ChainReader,
  args: Pick<Network, 'contracts' | 'since'> & { readonly account: Address },
): Promise<readonly StakePosition[]> {
  const contract = { address: args.contracts.stakeManager, abi: stakeManagerAbi } as const
  const keys = await readKeys(reader, args)
  const terms = await ask(
    Promise.all(
      keys.map((key) =>
        reader.public.readContract({ ...contract, functionName: 'positionOf', args: [key] }),
      ),
    ),
  )
  return terms.flatMap(({ operator, role: hash, task }) => {
    const role = roleFrom(hash)
    return role === undefined ? [] : [{ operator, role, task }]
  })
}

async function readKeys(
  reader: ChainReader,
  { contracts, since, account }: Parameters<typeof readPositionsOf>[1],
): Promise<readonly Hex[]> {
  const contract = { address: contracts.stakeManager, abi: stakeManagerAbi, strict: true } as const
  const opened = { ...contract, eventName: 'PositionOpened', args: { operator: account } } as const
  const delegated = { ...contract, eventName: 'Delegated', args: { delegator: account } } as const
  const whole = { from: since, to: await readBlockNumber(reader) }
  const keys = await inBlockRanges(whole, async ({ from: fromBlock, to: toBlock }) => {
    const [own, others] = await Promise.all([
      reader.public.getContractEvents({ ...opened, fromBlock, toBlock }),
      reader.public.getContractEvents({ ...delegated, fromBlock, toBlock }),
    ])
    return [...own.map(({ args }) => args.key), ...others.map(({ args }) => args.key)]
  })
  return [...new Set(keys)]
}
