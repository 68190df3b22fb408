import { type Address, erc20Abi, zeroAddress } from 'viem'
import type { ChainReader } from '../types.ts'
import { type BlockRange, inBlockRanges } from './block-ranges.ts'

/**
 * Everyone who ever received a token, by its Transfer events, checksummed.
 * @throws {ChainError} RPC_FAILED, CHAIN_LOGS_REFUSED.
 */
export async function readHolders(
  reader: ChainReader,
  args: { readonly token: Address; readonly range: BlockRange },
): Promise<ReadonlySet<Address>> {
  const { token: address, range } = args
  const transfers = { address, abi: erc20Abi, eventName: 'Transfer', strict: true } as const
  const events = await inBlockRanges(range, ({ from, to }) =>
    reader.public.getContractEvents({ ...transfers, fromBlock: from, toBlock: to }),
  )
  const holders = new Set(events.map((event) => event.args.to))
  holders.delete(zeroAddress)
  return holders
}
