import { everyone } from '../coalition-bits.ts'
import type { Answer, Estimator } from '../estimator.ts'

/**
 * The gain u(N) - u(empty) in proportion to training rows, whatever is in them. The rows are what silos state. Nothing is drawn: the
 * standard errors are 0.
 */
export const bySamples: Estimator = {
  minimumEvaluations: () => 2,
  *estimate({ count, samples }) {
    const [[before = 0, after = 0] = []]: Answer = yield { units: [[0n, everyone(count)]] }
    const total = samples.reduce((sum, rows) => sum + rows, 0)
    const values = samples.map((rows) => ((after - before) * rows) / total)
    return { values, standardErrors: values.map(() => 0) }
  },
}
