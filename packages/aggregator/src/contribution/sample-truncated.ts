import type { Estimation } from './estimator.ts'
import { runningMeans } from './running-means.ts'
import { truncatedWalk, type WalkEnds } from './truncated-walk.ts'

/** Orders whose prefixes are all known cost nothing: without a limit a value that is nearly 0 could keep a method from settling. */
const MAX_ORDERS = 10_000

/** How a truncated method draws and when it settles. */
export type TruncatedSampling = {
  readonly ends: WalkEnds
  readonly players: number
  nextOrder(): readonly number[]
  /** @param history - the mean marginals after each order so far. */
  hasConverged(history: readonly (readonly number[])[]): boolean
}

/** Mean marginals of truncated walks; an order that the budget ends on the way does not count. */
export function* sampleTruncated(options: TruncatedSampling): Estimation {
  const { ends, players, nextOrder, hasConverged } = options
  const means = runningMeans(players)
  const history: (readonly number[])[] = []
  for (;;) {
    const marginals = yield* truncatedWalk(nextOrder(), ends, means.stopping())
    if (marginals === undefined) return means.outcome()
    means.add(marginals)
    history.push(means.means())
    const outcome = means.outcome()
    const isDone = hasConverged(history) || history.length === MAX_ORDERS
    if (isDone && outcome !== undefined) return { ...outcome, converged: true }
  }
}
