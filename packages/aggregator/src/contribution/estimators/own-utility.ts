import type { Answer, Estimator } from '../estimator.ts'

/**
 * What the player's update does alone, u({i}) - u(empty). It is not clipped: an update that makes the incoming model worse has a
 * negative value. The values do not sum to the gain, and duplicates are paid in full. Nothing is drawn: the standard errors are 0.
 */
export const ownUtility: Estimator = {
  minimumEvaluations: (players) => players + 1,
  *estimate({ count }) {
    const alone = Array.from({ length: count }, (_, player) => 1n << BigInt(player))
    const [[before = 0, ...after] = []]: Answer = yield { units: [[0n, ...alone]] }
    return { values: after.map((u) => u - before), standardErrors: after.map(() => 0) }
  },
}
