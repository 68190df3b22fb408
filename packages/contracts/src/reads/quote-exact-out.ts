import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import type { ChainReader } from '../types.ts'
import { type SwapPair, type SwapQuote, toQuote } from './quote.ts'
import { readPool } from './read-pool.ts'

/**
 * What the pool takes for exactly `amountOut`.
 * @throws {ChainError} MARKET_NOT_OPEN, UNKNOWN_TOKEN, SAME_TOKEN, AMOUNT_TOO_SMALL, AMOUNT_ABOVE_LIMIT.
 */
export async function quoteExactOut(
  reader: ChainReader,
  args: SwapPair & { readonly amountOut: bigint },
): Promise<SwapQuote> {
  const { pool, tokenIn, tokenOut, amountOut } = args
  const state = await readPool(reader, { pool })
  const amountIn = await ask(
    reader.public.readContract({
      address: pool,
      abi: meanPoolAbi,
      functionName: 'quoteExactOut',
      args: [tokenIn, tokenOut, amountOut],
      blockNumber: state.blockNumber,
    }),
  )
  return toQuote(state, { ...args, amountIn })
}
