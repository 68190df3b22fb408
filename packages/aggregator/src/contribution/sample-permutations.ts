import type { Random } from '@fednode/engine'
import type { Answer, Estimation, Estimator, Players } from './estimator.ts'
import { prefixesOf } from './permutations.ts'
import { runningMeans } from './running-means.ts'

/** Draws that are asked for at once, so that worker threads have something to share. */
const DRAWS_PER_REQUEST = 8

/** Orders whose mean marginals are one independent draw. */
export type OrderDraw = {
  readonly orders: number
  draw(players: number, random: Random): readonly (readonly number[])[]
}

/**
 * Means of marginals u(P + i) - u(P) over random orders (Castro, Gomez & Tejada 2009). An order that the budget does not cover is not
 * begun, so that the values sum to u(N) - u(empty). The standard errors are those of a mean of independent draws.
 */
export function samplePermutations({ orders, draw }: OrderDraw): Estimator {
  return {
    // Two draws: one alone says nothing of its error.
    minimumEvaluations: (players) => 2 + 2 * orders * Math.max(0, players - 1),
    estimate: ({ count, random }) => sample(count, () => draw(count, random)),
  }
}

function* sample(count: Players['count'], draw: () => readonly (readonly number[])[]): Estimation {
  const means = runningMeans(count)
  for (;;) {
    const drawn = Array.from({ length: DRAWS_PER_REQUEST }, draw)
    const units = drawn.map((orders) => orders.flatMap(prefixesOf))
    const answer: Answer = yield { units, ...means.stopping() }
    answer.forEach((utilities, i) => {
      means.add(meanMarginals(drawn[i] ?? [], utilities))
    })
    if (answer.length < units.length) return means.outcome()
  }
}

/** @param utilities - of the prefixes of each order, one order after the other. */
function meanMarginals(
  orders: readonly (readonly number[])[],
  utilities: readonly number[],
): Float64Array {
  const length = orders[0]?.length ?? 0
  const marginals = new Float64Array(length)
  orders.forEach((order, at) => {
    const first = at * (length + 1)
    order.forEach((player, position) => {
      const gain = (utilities[first + position + 1] ?? 0) - (utilities[first + position] ?? 0)
      marginals[player] = (marginals[player] ?? 0) + gain / orders.length
    })
  })
  return marginals
}
