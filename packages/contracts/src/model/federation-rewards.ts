import type { FederationModel } from './federation.ts'
import type { Actor } from './federation-flows.ts'
import { claimLpDividends } from './lp-dividends.ts'
import { claimReward, drawForPool } from './stream-claim.ts'
import { moveTokens, type TokenMove } from './stream-move.ts'
import { poolOwedAt } from './stream-readings.ts'
import { type SettledPage, settlePage } from './stream-settle.ts'

/** A federation after a payment; wei. */
export type Paid = { readonly model: FederationModel; readonly paid: bigint }

/** IScenario.finalize, one page. `carried` joins the next pot, with what the pot has left. @throws {ModelError} */
export function settleRound(
  model: FederationModel,
  page: SettledPage,
): { readonly model: FederationModel; readonly rewarded: bigint; readonly carried: bigint } {
  const { ledger, rewarded, carried } = settlePage(model.ledger, page)
  return { model: { ...model, ledger }, rewarded, carried }
}

/** ClientToken.transfer. @throws {ModelError} */
export function transferTokens(model: FederationModel, move: TokenMove): FederationModel {
  return { ...model, ledger: moveTokens(model.ledger, move) }
}

/** IScenario.claim. @param indexes - client indexes. @throws {ModelError} */
export function claimRewards(
  model: FederationModel,
  { who, time }: Actor,
  indexes: readonly number[],
): Paid {
  let { ledger } = model
  let paid = 0n
  for (const index of indexes) {
    const claimed = claimReward(ledger, { index, holder: who, time })
    ledger = claimed.ledger
    paid += claimed.paid
  }
  return { model: { ...model, ledger }, paid }
}

/** IMeanPool.claimLp; draws from the Scenario when the pool's purse is short. */
export function claimLpRewards(model: FederationModel, { who, time }: Actor): Paid {
  const claimed = claimLpDividends(model.lp, who, poolOwedAt(model.ledger, time))
  const ledger = claimed.drawn ? drawForPool(model.ledger, time).ledger : model.ledger
  return { model: { ...model, lp: claimed.lp, ledger }, paid: claimed.paid }
}
