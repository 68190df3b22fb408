import { ONE_TOKEN } from './amounts.ts'

/** What an event did to the pool's reserves: how much of which token came in or, negative, went out. */
export type ReserveChange = { readonly at: number; readonly amount: bigint }

/** Reserves of a pool, currency first; wei and 1e18 = 100 %. */
export type Reserves = {
  readonly balances: readonly bigint[]
  readonly weights: readonly bigint[]
}

/** Reserves after an event. */
export function changeReserves(reserves: Reserves, changes: readonly ReserveChange[]): Reserves {
  const balances = [...reserves.balances]
  for (const { at, amount } of changes) balances[at] = (balances[at] ?? 0n) + amount
  return { balances, weights: reserves.weights }
}

/**
 * Spot price of every client token in currency wei per whole token, in client order, rounded down as the pool's own view:
 * (b_currency / w_currency) / (b_token / w_token).
 */
export function clientPrices({ balances, weights }: Reserves): readonly bigint[] {
  const [currencyBalance = 0n, ...clientBalances] = balances
  const [currencyWeight = 0n, ...clientWeights] = weights
  return clientBalances.map((balance, client) => {
    const divisor = balance * currencyWeight
    const weight = clientWeights[client] ?? 0n
    return divisor === 0n ? 0n : (currencyBalance * weight * ONE_TOKEN) / divisor
  })
}
