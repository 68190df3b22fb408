import { type FederationModel, poolPartOf, SCENARIO_HOLDER } from './federation.ts'
import { LOCKED_HOLDER, LOCKED_SHARES, type LpDividends, moveShares } from './lp-dividends.ts'
import { ModelError } from './model-error.ts'
import type { Pool } from './pool.ts'
import { listToken } from './pool-list.ts'
import { openPool } from './pool-open.ts'
import { POOL_HOLDER, type StreamLedger } from './stream.ts'
import { moveTokens } from './stream-move.ts'
import { poolOwedAt } from './stream-readings.ts'

/** @throws {ModelError} MARKET_STATE before the market opens. */
export function poolOf({ pool }: FederationModel): Pool {
  if (pool !== null) return pool
  throw new ModelError('the market is not open', { code: 'MARKET_STATE', open: false })
}

/** IScenario.openMarket by `opener`. @throws {ModelError} MARKET_STATE */
export function openMarket(model: FederationModel, opener: string, time: bigint): FederationModel {
  if (model.pool !== null) {
    throw new ModelError('the market is open', { code: 'MARKET_STATE', open: true })
  }
  const { terms, clients } = model
  const opened = openPool({
    fee: terms.swapFee,
    currencyAmount: terms.seedCurrency,
    currencyWeight: terms.currencyWeight,
    tokenAmounts: clients.map((client) => poolPartOf(terms, client)),
    issuance: clients.map(({ issuance }) => issuance),
  })
  const ledger = clients.reduce(
    (next, _, index) => sendSeed({ ...model, ledger: next }, index, time),
    model.ledger,
  )
  const shares: readonly (readonly [string, bigint])[] = [
    ...clients.map(({ controller }, i) => [controller, opened.clientShares[i] ?? 0n] as const),
    [LOCKED_HOLDER, LOCKED_SHARES],
    [opener, opened.openerShares],
  ]
  const owed = poolOwedAt(ledger, time)
  const lp = shares.reduce<LpDividends>(
    (next, [to, amount]) => moveShares(next, { to, shares: amount }, owed),
    model.lp,
  )
  return { ...model, pool: opened.pool, ledger, lp }
}

/**
 * IScenario.listClient: the next client that registered late. The age of the round is the caller's to mind, as its phase is.
 * @param active - clients that take part in the round.
 * @throws {ModelError} MARKET_STATE, ALL_LISTED, WEIGHT_OUT_OF_BOUNDS
 */
export function listClient(
  model: FederationModel,
  { active, time }: { readonly active: number; readonly time: bigint },
): FederationModel {
  const pool = poolOf(model)
  const index = pool.reserves.length - 1
  const client = model.clients[index]
  if (client === undefined || index >= active) {
    throw new ModelError('the token of every client that takes part is in the pool', {
      code: 'ALL_LISTED',
    })
  }
  const listing = {
    amount: poolPartOf(model.terms, client),
    issuance: client.issuance,
    firstIssuance: model.clients[0]?.issuance ?? 1n,
  }
  return { ...model, pool: listToken(pool, listing), ledger: sendSeed(model, index, time) }
}

function sendSeed(
  { ledger, terms, clients }: FederationModel,
  index: number,
  time: bigint,
): StreamLedger {
  const client = clients[index]
  const amount = client === undefined ? 0n : poolPartOf(terms, client)
  return moveTokens(ledger, { index, from: SCENARIO_HOLDER, to: POOL_HOLDER, amount, time })
}
