import type { FederationModel } from './federation.ts'
import { type Actor, withFlows, withShares } from './federation-flows.ts'
import { poolOf } from './federation-market.ts'
import { exitProportional, joinProportional } from './pool-proportional.ts'
import { exitSingle, joinSingle } from './pool-single.ts'

/** A federation after a join or exit: amounts in the pool's order, of all tokens or of one; wei. */
export type Provided = {
  readonly model: FederationModel
  readonly amounts: readonly bigint[]
  readonly shares: bigint
}

/** IMeanPool.joinProportional. @param shares - LP shares in wei. @throws {ModelError} */
export function joinPool(model: FederationModel, actor: Actor, shares: bigint): Provided {
  const { pool, amounts } = joinProportional(poolOf(model), shares)
  const minted = withShares(model, actor, { to: actor.who, shares })
  const changes = [...amounts.entries()]
  return { model: { ...withFlows(minted, actor, changes), pool }, amounts, shares }
}

/** IMeanPool.exitProportional. @param shares - LP shares in wei. @throws {ModelError} */
export function exitPool(model: FederationModel, actor: Actor, shares: bigint): Provided {
  const { pool, amounts } = exitProportional(poolOf(model), shares)
  const burned = withShares(model, actor, { from: actor.who, shares })
  const changes = amounts.map((amount, at) => [at, -amount] as const)
  return { model: { ...withFlows(burned, actor, changes), pool }, amounts, shares }
}

/** IMeanPool.joinSingle. @param token - its place in the pool; `amount` in wei. @throws {ModelError} */
export function joinPoolWith(
  model: FederationModel,
  actor: Actor,
  { token, amount }: { token: number; amount: bigint },
): Provided {
  const { pool, shares } = joinSingle(poolOf(model), token, amount)
  const minted = withShares(model, actor, { to: actor.who, shares })
  return {
    model: { ...withFlows(minted, actor, [[token, amount]]), pool },
    amounts: [amount],
    shares,
  }
}

/** IMeanPool.exitSingle. @param token - its place in the pool; `shares` in wei. @throws {ModelError} */
export function exitPoolTo(
  model: FederationModel,
  actor: Actor,
  { token, shares }: { token: number; shares: bigint },
): Provided {
  const { pool, amount } = exitSingle(poolOf(model), token, shares)
  const burned = withShares(model, actor, { from: actor.who, shares })
  return {
    model: { ...withFlows(burned, actor, [[token, -amount]]), pool },
    amounts: [amount],
    shares,
  }
}
