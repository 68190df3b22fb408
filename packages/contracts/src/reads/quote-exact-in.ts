import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import type { ChainReader } from '../types.ts'
import { type SwapPair, type SwapQuote, toQuote } from './quote.ts'
import { readPool } from './read-pool.ts'

/**
 * What the pool gives for exactly `amountIn`.
 * @throws {ChainError} MARKET_NOT_OPEN, UNKNOWN_TOKEN, SAME_TOKEN, AMOUNT_TOO_SMALL, AMOUNT_ABOVE_LIMIT.
 */
export async function quoteExactIn(
  reader: ChainReader,
  args: SwapPair & { readonly amountIn: bigint },
): Promise<SwapQuote> {
  const { pool, tokenIn, tokenOut, amountIn } = args
  const state = await readPool(reader, { pool })
  const amountOut = await ask(
    reader.public.readContract({
      address: pool,
      abi: meanPoolAbi,
      functionName: 'quoteExactIn',
      args: [tokenIn, tokenOut, amountIn],
      blockNumber: state.blockNumber,
    }),
  )
  return toQuote(state, { ...args, amountOut })
}
