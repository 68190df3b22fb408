import { SCALE_BITS, type StreamLedger } from './stream.ts'
import { bookAt, holdingOf, owedTo, poolOwedAt } from './stream-readings.ts'

/** A ledger after a payment, in wei. */
export type PaidLedger = { readonly ledger: StreamLedger; readonly paid: bigint }

/** IScenario.claim for one token: pays whole wei, keeps the rest of the entitlement. @param claim - `time` in Unix seconds. */
export function claimReward(
  ledger: StreamLedger,
  claim: { index: number; holder: string; time: bigint },
): PaidLedger {
  const { index, holder } = claim
  const paid = owedTo(ledger, claim)
  const book = bookAt(ledger, index)
  const { balance, correction } = holdingOf(book, holder)
  const holdings = new Map(book.holdings).set(holder, {
    balance,
    correction: correction - (paid << SCALE_BITS),
  })
  return { ledger: { ...ledger, tokens: ledger.tokens.with(index, { ...book, holdings }) }, paid }
}

/** IScenario.drawPool: the pool takes all that its tokens have earned. @param time - Unix seconds. */
export function drawForPool(ledger: StreamLedger, time: bigint): PaidLedger {
  const paid = poolOwedAt(ledger, time)
  return { ledger: { ...ledger, poolDrawn: ledger.poolDrawn + paid }, paid }
}
