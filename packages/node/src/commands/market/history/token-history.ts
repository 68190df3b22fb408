import type { TokenPrice } from '@fednode/contracts'

/** What one silo's token cost, in chain order; empty until it is in the market. */
export type TokenHistory = {
  readonly silo: string
  readonly token: `0x${string}`
  /** Price in force when the history begins, in currency wei; undefined when it begins with the token itself. */
  readonly before: bigint | undefined
  readonly points: readonly TokenPrice[]
}

/** How a token was traded: somebody bought it from the pool or sold it to the pool; undefined when something else moved its price. */
export function tradeSide({ kind, tokenIn }: TokenPrice): 'buy' | 'sell' | undefined {
  if (kind !== 'swap' || tokenIn === 0n) return undefined
  return tokenIn < 0n ? 'buy' : 'sell'
}

/** The history from `since` (Unix seconds) on. */
export function historySince(history: TokenHistory, since: number): TokenHistory {
  const { points } = history
  return {
    ...history,
    before: points.findLast(({ time }) => time < since)?.price,
    points: points.filter(({ time }) => time >= since),
  }
}
