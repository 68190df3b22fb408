import { everyone } from '../coalition-bits.ts'
import type { Answer, Estimator } from '../estimator.ts'

/**
 * What all lose without the player, u(N) - u(N - i). Not a Shapley value: players who duplicate each other get nothing, and the values
 * do not sum to the gain. Nothing is drawn: the standard errors are 0.
 */
export const leaveOneOut: Estimator = {
  minimumEvaluations: (players) => players + 1,
  *estimate({ count }) {
    const all = everyone(count)
    const without = Array.from({ length: count }, (_, player) => all & ~(1n << BigInt(player)))
    const [[together = 0, ...alone] = []]: Answer = yield { units: [[all, ...without]] }
    return { values: alone.map((u) => together - u), standardErrors: alone.map(() => 0) }
  },
}
