import { MAX_EXACT_SILOS } from '@fednode/protocol'
import { AggregatorError } from '../aggregator-error.ts'

/**
 * Exact Shapley values from the utility of every coalition (Shapley 1953):
 * phi_i = sum over S without i of |S|! (n-|S|-1)! / n! * (u(S + i) - u(S)).
 * @param silos - n, 0 to 12.
 * @param utilities - length 2^n; the index is the coalition's bit set, bit i is silo i, 0 is the empty coalition.
 * @returns n values; they sum to utilities[2^n - 1] - utilities[0] within 1e-9 for utilities of magnitude up to 1000.
 * @throws {AggregatorError} TOO_MANY_SILOS, UTILITIES_LENGTH, UTILITY_NOT_FINITE.
 */
export function exactShapley(silos: number, utilities: Float64Array): Float64Array<ArrayBuffer> {
  assertUtilities(silos, utilities)
  const weights = orderingWeights(silos)
  const values = new Float64Array(silos)
  for (let coalition = 0; coalition < utilities.length; coalition++) {
    const weight = weights[sizeOfCoalition(coalition)] ?? 0
    const before = utilities[coalition] ?? 0
    for (let silo = 0; silo < silos; silo++) {
      if ((coalition & (1 << silo)) !== 0) continue
      const gain = (utilities[coalition | (1 << silo)] ?? 0) - before
      values[silo] = (values[silo] ?? 0) + weight * gain
    }
  }
  return values
}

/** Share of the n! orders in which exactly the `size` members of a given coalition come before a given silo: 1 / (n C(n-1, size)). */
function orderingWeights(silos: number): readonly number[] {
  const weights: number[] = []
  let binomial = 1
  for (let size = 0; size < silos; size++) {
    weights.push(1 / (silos * binomial))
    binomial = (binomial * (silos - 1 - size)) / (size + 1)
  }
  return weights
}

function sizeOfCoalition(coalition: number): number {
  let size = 0
  for (let rest = coalition; rest !== 0; rest &= rest - 1) size++
  return size
}

function assertUtilities(silos: number, utilities: Float64Array): void {
  if (silos > MAX_EXACT_SILOS) {
    const message = `${silos} silos have too many coalitions; exact values need ${MAX_EXACT_SILOS} at most`
    throw new AggregatorError(message, { code: 'TOO_MANY_SILOS', silos, limit: MAX_EXACT_SILOS })
  }
  const expected = 2 ** silos
  if (utilities.length !== expected) {
    const message = `${utilities.length} utilities for ${expected} coalitions`
    throw new AggregatorError(message, {
      code: 'UTILITIES_LENGTH',
      expected,
      actual: utilities.length,
    })
  }
  const coalition = utilities.findIndex((utility) => !Number.isFinite(utility))
  if (coalition !== -1) {
    const message = `the utility of coalition ${coalition} is not finite`
    throw new AggregatorError(message, { code: 'UTILITY_NOT_FINITE', coalition: String(coalition) })
  }
}
