import type { FederationModel } from './federation.ts'
import { moveShares, type ShareMove, sharesOf } from './lp-dividends.ts'
import { ModelError } from './model-error.ts'
import { POOL_HOLDER, type StreamLedger } from './stream.ts'
import { moveTokens } from './stream-move.ts'
import { poolOwedAt } from './stream-readings.ts'

/** Who acts, and when (Unix seconds). */
export type Actor = { readonly who: string; readonly time: bigint }

/** Client tokens that the actor gives to the pool or, negative, takes from it; the currency has no stream. @throws {ModelError} */
export function withFlows(
  model: FederationModel,
  { who, time }: Actor,
  flows: readonly (readonly [number, bigint])[],
): FederationModel {
  const move = (ledger: StreamLedger, [token, amount]: readonly [number, bigint]): StreamLedger => {
    if (token === 0) return ledger
    const [from, to] = amount > 0n ? [who, POOL_HOLDER] : [POOL_HOLDER, who]
    const size = amount > 0n ? amount : -amount
    return moveTokens(ledger, { index: token - 1, from, to, amount: size, time })
  }
  return { ...model, ledger: flows.reduce(move, model.ledger) }
}

/** LP shares that are minted or burned, after what was earned so far is credited. @throws {ModelError} BALANCE_TOO_SMALL */
export function withShares(
  model: FederationModel,
  { time }: Actor,
  move: ShareMove,
): FederationModel {
  const { from, shares } = move
  if (from !== undefined && sharesOf(model.lp, from) < shares) {
    const info = {
      code: 'BALANCE_TOO_SMALL',
      holder: from,
      balance: sharesOf(model.lp, from),
      amount: shares,
    } as const
    throw new ModelError(`${from} has fewer LP shares than ${shares}`, info)
  }
  return { ...model, lp: moveShares(model.lp, move, poolOwedAt(model.ledger, time)) }
}
