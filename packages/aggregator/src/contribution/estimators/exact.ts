import { MAX_EXACT_SILOS } from '@fednode/protocol'
import { AggregatorError } from '../../aggregator-error.ts'
import type { Answer, Estimator } from '../estimator.ts'
import { exactShapley } from '../exact-shapley.ts'

/**
 * Shapley values from all 2^n coalitions (Shapley 1953), see exactShapley. Nothing is drawn: the standard errors are 0.
 * @throws {AggregatorError} TOO_MANY_SILOS above MAX_EXACT_SILOS, before anything is evaluated.
 */
export const exact: Estimator = {
  minimumEvaluations: (players) => 2 ** players,
  *estimate({ count }) {
    if (count > MAX_EXACT_SILOS) throw tooMany(count)
    const coalitions = Array.from({ length: 2 ** count }, (_, coalition) => BigInt(coalition))
    const [utilities = []]: Answer = yield { units: [coalitions] }
    const values = [...exactShapley(count, Float64Array.from(utilities))]
    return { values, standardErrors: values.map(() => 0) }
  },
}

function tooMany(silos: number): AggregatorError {
  const message = `${silos} silos have too many coalitions; exact values need ${MAX_EXACT_SILOS} at most: set contribution.estimator to "auto"`
  return new AggregatorError(message, { code: 'TOO_MANY_SILOS', silos, limit: MAX_EXACT_SILOS })
}
