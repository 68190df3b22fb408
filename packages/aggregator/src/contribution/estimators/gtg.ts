import type { Random } from '@fednode/engine'
import { everyone } from '../coalition-bits.ts'
import { relativeChange } from '../convergence.ts'
import type { Estimator, Outcome } from '../estimator.ts'
import { randomOrder } from '../permutations.ts'
import { sampleTruncated } from '../sample-truncated.ts'

/** Of the gain: a prefix that is as near to all ends its order. */
const WITHIN_ROUND = 0.01
/** Of what the strongest update moves alone: a round that gains less is not measured. */
const BETWEEN_ROUNDS = 0.001
/** Orders before the values may count as settled; at least one cycle of leaders. */
const MIN_ORDERS = 30
/** Orders over which values may differ from the latest by CONVERGED. */
const WINDOW = 10
const CONVERGED = 0.05

/**
 * Guided truncated gradient Shapley (Liu et al. 2022, arXiv 2109.02053, Algorithm 1): random orders that every player leads equally
 * often, cut off where a prefix is worth nearly as much as all, and a round that changes nothing is not measured at all.
 *
 * Both thresholds are relative, unlike the published 0.001 and 0.01, which leave nothing of late rounds: the one within a round to the
 * gain, the one between rounds to the largest change that one update makes alone. The gain of a round that is not measured is split
 * equally, standard errors 0. Leaders come in random turns, so that a small budget favours nobody.
 * The values sum to the gain within WITHIN_ROUND of it; the standard errors treat orders as independent and know nothing of the bias
 * of truncation: unreliable.
 */
export const gtg: Estimator = {
  minimumEvaluations: (players) => 2 + players + 2 * Math.max(0, players - 2),
  *estimate({ count, random }) {
    const singles = Array.from({ length: count }, (_, player) => 1n << BigInt(player))
    const [[empty = 0, all = 0, ...alone] = []] = yield {
      units: [[0n, everyone(count), ...singles]],
    }
    const gain = all - empty
    const largest = Math.max(...alone.map((utility) => Math.abs(utility - empty)))
    if (Math.abs(gain) <= BETWEEN_ROUNDS * largest) return unmeasured(gain, count)
    return yield* sampleTruncated({
      ends: { empty, all, tolerance: WITHIN_ROUND * Math.abs(gain) },
      players: count,
      nextOrder: guidedOrders(count, random),
      hasConverged: (history) => isSettled(history, count),
    })
  },
}

function unmeasured(gain: number, players: number): Outcome {
  const values = Array.from({ length: players }, () => gain / players)
  return { values, standardErrors: values.map(() => 0), converged: true }
}

/** Orders in cycles: in each cycle every player leads once, the others follow at random. */
function guidedOrders(players: number, random: Random): () => readonly number[] {
  let leaders: number[] = []
  return () => {
    if (leaders.length === 0) leaders = randomOrder(players, random)
    const leader = leaders.pop() ?? 0
    const others = randomOrder(players, random).filter((player) => player !== leader)
    return [leader, ...others]
  }
}

/** Looked at after whole cycles only, when no player has led more often than another. */
function isSettled(history: readonly (readonly number[])[], players: number): boolean {
  const latest = history.at(-1)
  if (latest === undefined || history.length % players !== 0) return false
  if (history.length < MIN_ORDERS) return false
  return history
    .slice(-1 - WINDOW, -1)
    .every((earlier) => relativeChange(earlier, latest) <= CONVERGED)
}
