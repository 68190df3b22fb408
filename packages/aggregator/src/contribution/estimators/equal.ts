import { everyone } from '../coalition-bits.ts'
import type { Answer, Estimator } from '../estimator.ts'

/** The gain u(N) - u(empty) in equal parts, whatever anybody did. Nothing is drawn: the standard errors are 0. */
export const equal: Estimator = {
  minimumEvaluations: () => 2,
  *estimate({ count }) {
    const [[before = 0, after = 0] = []]: Answer = yield { units: [[0n, everyone(count)]] }
    const values = Array.from({ length: count }, () => (after - before) / count)
    return { values, standardErrors: values.map(() => 0) }
  },
}
