import { ModelError } from './model-error.ts'
import { POOL_HOLDER, type StreamLedger, type TokenBook } from './stream.ts'
import { accumulatorOf, bookAt, elapsedOf, holdingOf } from './stream-readings.ts'

/** Tokens that change hands; wei and Unix seconds. */
export type TokenMove = {
  /** Client index. */
  readonly index: number
  readonly from: string
  readonly to: string
  readonly amount: bigint
  readonly time: bigint
}

/**
 * ClientToken.transfer and Scenario.onTokenMove: corrects both accounts and, when the pool is one of them, A and B.
 * @throws {ModelError} BALANCE_TOO_SMALL, TOKEN_NOT_LISTED
 */
export function moveTokens(ledger: StreamLedger, move: TokenMove): StreamLedger {
  const { index, from, to, time } = move
  const book = bookAt(ledger, index)
  checkBalance(book, move)
  const moved = from === to ? book : moveHoldings(book, move, accumulatorOf(ledger, index, time))
  const tokens = ledger.tokens.with(index, moved)
  return { ...ledger, tokens, ...poolAfter(ledger, move) }
}

function checkBalance(book: TokenBook, { from: holder, amount }: TokenMove): void {
  const { balance } = holdingOf(book, holder)
  if (balance >= amount) return
  const info = { code: 'BALANCE_TOO_SMALL', holder, balance, amount } as const
  throw new ModelError(`${holder} holds ${balance} wei, not ${amount}`, info)
}

function moveHoldings(book: TokenBook, { from, to, amount }: TokenMove, acc: bigint): TokenBook {
  const earned = acc * amount
  const sender = holdingOf(book, from)
  const receiver = holdingOf(book, to)
  const holdings = new Map(book.holdings)
    .set(from, { balance: sender.balance - amount, correction: sender.correction + earned })
    .set(to, { balance: receiver.balance + amount, correction: receiver.correction - earned })
  return { ...book, holdings }
}

/** A and B after a move into or out of the pool. */
function poolAfter(
  ledger: StreamLedger,
  { index, from, to, amount, time }: TokenMove,
): Pick<StreamLedger, 'poolBase' | 'poolRate'> {
  const { poolBase, poolRate, settling, window } = ledger
  const { rate } = bookAt(ledger, index).stream
  const change = to === POOL_HOLDER ? rate * amount : from === POOL_HOLDER ? -rate * amount : 0n
  // While a round is settled, a token that waits for its turn is counted when it comes: its balance is read then.
  const waits = settling !== null && index >= settling.cursor
  if (change === 0n || waits) return { poolBase, poolRate }
  const elapsed = elapsedOf(ledger, index, time)
  if (settling === null && elapsed === window) {
    // The stream is over: A takes all of it, and moves change nothing any more.
    return { poolBase: poolBase + poolRate * elapsed, poolRate: 0n }
  }
  return { poolBase: poolBase - change * elapsed, poolRate: poolRate + change }
}
