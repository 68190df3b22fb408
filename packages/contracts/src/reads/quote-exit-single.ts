import type { Address } from 'viem'
import { ask } from '../ask.ts'
import { meanPoolAbi } from '../generated/mean-pool.ts'
import { exitImpact } from '../price-impact.ts'
import type { ChainReader } from '../types.ts'
import { judgedLiquidity, type LiquidityQuote } from './quote.ts'
import { readPool } from './read-pool.ts'

/**
 * What the pool gives of one token for exactly `lpIn` LP shares.
 * @throws {ChainError} MARKET_NOT_OPEN, UNKNOWN_TOKEN, AMOUNT_TOO_SMALL, AMOUNT_ABOVE_LIMIT, TOKEN_DELISTED.
 */
export async function quoteExitSingle(
  reader: ChainReader,
  args: { readonly pool: Address; readonly tokenOut: Address; readonly lpIn: bigint },
): Promise<LiquidityQuote> {
  const { pool, tokenOut, lpIn } = args
  const state = await readPool(reader, { pool })
  const amount = await ask(
    reader.public.readContract({
      address: pool,
      abi: meanPoolAbi,
      functionName: 'quoteExitSingle',
      args: [tokenOut, lpIn],
      blockNumber: state.blockNumber,
    }),
  )
  const judged = judgedLiquidity(state, { token: tokenOut, amount, lpShares: lpIn })
  const { blockNumber } = state
  return { amount, lpShares: lpIn, priceImpact: exitImpact(judged), blockNumber }
}
