import { everyone } from '../coalition-bits.ts'
import type { Answer, Estimation } from '../estimator.ts'
import type { PairRegression } from './regress-pairs.ts'

/** Pairs that are asked for at once, so that worker threads have something to share. */
const PAIRS_PER_REQUEST = 32
/** Pairs between two looks at the errors, in parts of those drawn: each look solves one system a pair, at every request for hours. */
const LOOK_AFTER = 0.1

/** A coalition with its utility and that of its complement. */
export type DrawnPair = { readonly coalition: bigint; readonly utilities: readonly number[] }

/** How a regression method draws pairs and what it makes of them. */
export type PairSampling = {
  readonly players: number
  /** Pairs without which there is no estimate. */
  readonly minimum: number
  /** Undefined when there are no more. */
  draw(): bigint | undefined
  /** @param pairs - in the order in which they were drawn. */
  fit(pairs: readonly DrawnPair[]): PairRegression
}

/** Draws pairs of complements until the budget ends. Standard errors may end it, first after as many pairs as there are players. */
export function* samplePairs({ players, minimum, draw, fit }: PairSampling): Estimation {
  const all = everyone(players)
  const pairs: DrawnPair[] = []
  let look = players
  for (;;) {
    const drawn = drawSome(draw)
    const units = drawn.map((coalition) => [coalition, all & ~coalition])
    const stopping = { standardErrors: () => fit(pairs).standardErrors() }
    const isLook = pairs.length >= look
    if (isLook) look = pairs.length * (1 + LOOK_AFTER)
    const answer: Answer = yield { units, ...(isLook ? stopping : {}) }
    answer.forEach((utilities, i) => {
      pairs.push({ coalition: drawn[i] ?? 0n, utilities })
    })
    if (answer.length < PAIRS_PER_REQUEST) {
      if (pairs.length < minimum) return undefined
      const { values, standardErrors } = fit(pairs)
      return { values, standardErrors: standardErrors() }
    }
  }
}

function drawSome(draw: () => bigint | undefined): bigint[] {
  const drawn: bigint[] = []
  while (drawn.length < PAIRS_PER_REQUEST) {
    const coalition = draw()
    if (coalition === undefined) break
    drawn.push(coalition)
  }
  return drawn
}
