import type { Answer, Request } from './estimator.ts'
import { prefixesOf } from './permutations.ts'

/** Utilities that a walk starts from and comes to, and how near the end is near enough. */
export type WalkEnds = { readonly empty: number; readonly all: number; readonly tolerance: number }

/**
 * Walks one order, asking for one coalition at a time, and stops asking as soon as a prefix is worth nearly as much as all: players
 * after that have marginal 0 (Ghorbani & Zou 2019, Algorithm 1). What comes next depends on the answer, so walks cannot be batched.
 * @param stopping - the standard errors so far, see Request.
 * @returns marginals by player; undefined when the budget ended on the way.
 */
export function* truncatedWalk(
  order: readonly number[],
  { empty, all, tolerance }: WalkEnds,
  stopping: Pick<Request, 'standardErrors'>,
): Generator<Request, Float64Array | undefined, Answer> {
  const prefixes = prefixesOf(order)
  const marginals = new Float64Array(order.length)
  let last = empty
  for (const [position, player] of order.entries()) {
    // Two-sided as published: a prefix above all is near the end as well.
    if (Math.abs(all - last) < tolerance) return marginals
    const coalition = prefixes[position + 1] ?? 0n
    const answer: Answer = yield { units: [[coalition]], ...stopping }
    const utility = answer[0]?.[0]
    if (utility === undefined) return undefined
    marginals[player] = utility - last
    last = utility
  }
  return marginals
}
