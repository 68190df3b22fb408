import type { FederationModel } from './federation.ts'
import { type Actor, withFlows } from './federation-flows.ts'
import { poolOf } from './federation-market.ts'
import type { Pool } from './pool.ts'
import { type Swap, swapExactIn, swapExactOut } from './pool-swap.ts'

/** A federation after a trade, and what the trade was; wei. */
export type Traded = { readonly model: FederationModel; readonly swap: Swap }

/** IMeanPool.swapExactIn. @param order - tokens by their place in the pool. @throws {ModelError} */
export function sellExactIn(
  model: FederationModel,
  actor: Actor,
  order: Omit<Swap, 'amountOut'>,
): Traded {
  return traded(model, actor, swapExactIn(poolOf(model), order))
}

/** IMeanPool.swapExactOut. @param order - tokens by their place in the pool. @throws {ModelError} */
export function buyExactOut(
  model: FederationModel,
  actor: Actor,
  order: Omit<Swap, 'amountIn'>,
): Traded {
  return traded(model, actor, swapExactOut(poolOf(model), order))
}

function traded(model: FederationModel, actor: Actor, done: { pool: Pool; swap: Swap }): Traded {
  const { tokenIn, tokenOut, amountIn, amountOut } = done.swap
  const changes = [
    [tokenIn, amountIn],
    [tokenOut, -amountOut],
  ] as const
  return { model: { ...withFlows(model, actor, changes), pool: done.pool }, swap: done.swap }
}
