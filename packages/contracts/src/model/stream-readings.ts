import { ModelError } from './model-error.ts'
import { SCALE_BITS, type StreamLedger, type TokenBook } from './stream.ts'

const NOTHING = { balance: 0n, correction: 0n } as const

/** @param index - client index. @throws {ModelError} TOKEN_NOT_LISTED */
export function bookAt(ledger: StreamLedger, index: number): TokenBook {
  const book = ledger.tokens[index]
  if (book !== undefined) return book
  throw new ModelError(`there is no client ${index}`, { code: 'TOKEN_NOT_LISTED', token: index })
}

/** What `holder` has of one token: wei, and its correction scaled by 2^64. */
export function holdingOf(
  book: TokenBook,
  holder: string,
): typeof NOTHING | { balance: bigint; correction: bigint } {
  return book.holdings.get(holder) ?? NOTHING
}

/** Seconds that the stream of `index` has run; at most the window. @param time - Unix seconds. */
export function elapsedOf(ledger: StreamLedger, index: number, time: bigint): bigint {
  const { settling, start, window } = ledger
  if (settling !== null) return index < settling.cursor ? 0n : settling.stopped
  if (start === 0n) return 0n
  const past = time - start
  if (past >= window) return window
  return past
}

/** All that was ever streamed per token wei of `index`, scaled by 2^64. @param time - Unix seconds. */
export function accumulatorOf(ledger: StreamLedger, index: number, time: bigint): bigint {
  const { base, rate } = bookAt(ledger, index).stream
  return base + rate * elapsedOf(ledger, index, time)
}

/** IScenario.owed: what `holder` has earned with tokens of `index` and not claimed, in wei. @param time - Unix seconds. */
export function owedTo(
  ledger: StreamLedger,
  { index, holder, time }: { index: number; holder: string; time: bigint },
): bigint {
  const { balance, correction } = holdingOf(bookAt(ledger, index), holder)
  return (accumulatorOf(ledger, index, time) * balance + correction) >> SCALE_BITS
}

/** IScenario.poolOwed: what the pool's tokens have earned and the pool has not drawn, in wei. @param time - Unix seconds. */
export function poolOwedAt(ledger: StreamLedger, time: bigint): bigint {
  // While a round is settled A holds all of the past, and B belongs to streams that have not started: like token 0.
  const scaled = ledger.poolBase + ledger.poolRate * elapsedOf(ledger, 0, time)
  return (scaled >> SCALE_BITS) - ledger.poolDrawn
}
