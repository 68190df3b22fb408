import { type Address, erc20Abi, type Hex } from 'viem'
import { ask } from '../../ask.ts'
import { ChainError } from '../../chain-error.ts'
import { delegatorGiftsAbi } from '../../generated/network/delegator-gifts.ts'
import type { ChainReader } from '../../types.ts'
import { readBlockNumber } from '../block.ts'
import { inBlockRanges } from '../block-ranges.ts'

/** Tokens that a host shares with its delegators. */
export type Gift = {
  readonly gift: bigint
  readonly host: Address
  readonly token: Address
  readonly root: Hex
  /** Digest of what the tree was made of. */
  readonly data: Hex
  /** wei, as it was offered; wei that nobody took yet. */
  readonly total: bigint
  readonly left: bigint
  /**
   * wei of the token that the host still has and lets the contract hand out: less than `left` ends the gift early. Nothing where the token
   * does not say: it is any contract, and anybody may offer it.
   */
  readonly covered: bigint
  /** Unix seconds. */
  readonly until: number
}

/**
 * Gifts, in the order in which they were offered.
 * @param args - `fromBlock`: block at or before the contract's creation; `gift`: that one only.
 * @throws {ChainError} CHAIN_LOGS_REFUSED, RPC_FAILED.
 */
export async function readGifts(
  reader: ChainReader,
  args: { readonly delegatorGifts: Address; readonly fromBlock: bigint; readonly gift?: bigint },
): Promise<readonly Gift[]> {
  const { delegatorGifts, fromBlock, gift: only } = args
  const to = await readBlockNumber(reader)
  const contract = { address: delegatorGifts, abi: delegatorGiftsAbi } as const
  const which = only === undefined ? {} : { args: { gift: only } }
  const offered = { ...contract, eventName: 'GiftOffered', strict: true, ...which } as const
  const events = await inBlockRanges({ from: fromBlock, to }, (range) =>
    reader.public.getContractEvents({ ...offered, fromBlock: range.from, toBlock: range.to }),
  )
  return Promise.all(
    events.map(async ({ args: { gift, host, token, root, total, until, data } }) => {
      const [{ left }, covered] = await Promise.all([
        ask(reader.public.readContract({ ...contract, functionName: 'giftOf', args: [gift] })),
        coveredBy(reader, { delegatorGifts, host, token }),
      ])
      return { gift, host, token, root, data, total, left, covered, until }
    }),
  )
}

/** Whether an account has had its part of a gift. @throws {ChainError} RPC_FAILED. */
export function readGiftTaken(
  reader: ChainReader,
  of: { readonly delegatorGifts: Address; readonly gift: bigint; readonly account: Address },
): Promise<boolean> {
  const { delegatorGifts: address, gift, account } = of
  const call = { address, abi: delegatorGiftsAbi, functionName: 'isTaken' } as const
  return ask(reader.public.readContract({ ...call, args: [gift, account] }))
}

/** How many gifts there are: the number of the last one. @throws {ChainError} RPC_FAILED. */
export function readGiftCount(
  reader: ChainReader,
  { delegatorGifts }: { readonly delegatorGifts: Address },
): Promise<bigint> {
  const call = { address: delegatorGifts, abi: delegatorGiftsAbi, functionName: 'gifts' } as const
  return ask(reader.public.readContract(call))
}

async function coveredBy(
  reader: ChainReader,
  of: { readonly delegatorGifts: Address; readonly host: Address; readonly token: Address },
): Promise<bigint> {
  const token = { address: of.token, abi: erc20Abi } as const
  try {
    const [balance, allowed] = await ask(
      Promise.all([
        reader.public.readContract({ ...token, functionName: 'balanceOf', args: [of.host] }),
        reader.public.readContract({
          ...{ ...token, functionName: 'allowance' },
          args: [of.host, of.delegatorGifts],
        }),
      ]),
    )
    if (balance < allowed) return balance
    return allowed
  } catch (error) {
    if (!(error instanceof ChainError) || error.code === 'RPC_FAILED') throw error
    return 0n
  }
}
