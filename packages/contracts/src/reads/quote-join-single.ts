import type { Address } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { joinImpact } from '../price-impact.ts'
import type { ChainReader } from '../types.ts'
import { judgedLiquidity, type LiquidityQuote } from './quote.ts'
import { readPool } from './read-pool.ts'

/**
 * LP shares for exactly `amountIn` of one token.
 * @throws {ChainError} MARKET_NOT_OPEN, UNKNOWN_TOKEN, AMOUNT_TOO_SMALL, AMOUNT_ABOVE_LIMIT, TOKEN_DELISTED.
 */
export async function quoteJoinSingle(
  reader: ChainReader,
  args: { readonly pool: Address; readonly tokenIn: Address; readonly amountIn: bigint },
): Promise<LiquidityQuote> {
  const { pool, tokenIn, amountIn } = args
  const state = await readPool(reader, { pool })
  const lpShares = await ask(
    reader.public.readContract({
      address: pool,
      abi: meanPoolAbi,
      functionName: 'quoteJoinSingle',
      args: [tokenIn, amountIn],
      blockNumber: state.blockNumber,
    }),
  )
  const judged = judgedLiquidity(state, { token: tokenIn, amount: amountIn, lpShares })
  const { blockNumber } = state
  return { amount: amountIn, lpShares, priceImpact: joinImpact(judged), blockNumber }
}
