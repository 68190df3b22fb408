import type { Gram } from './strategy.ts'

/** ||row i - row j||^2, never negative. */
export function squaredDistance(gram: Gram, i: number, j: number): number {
  return Math.max(0, gram(i, i) + gram(j, j) - 2 * gram(i, j))
}

/** ||row i - v|| for every row, where v = sum_j c_j row_j: from inner products alone. */
export function distancesTo(gram: Gram, coefficients: Float64Array): Float64Array {
  const projections = coefficients.map((_, i) => {
    let sum = 0
    coefficients.forEach((coefficient, j) => {
      sum += coefficient * gram(i, j)
    })
    return sum
  })
  let square = 0
  projections.forEach((projection, i) => {
    square += (coefficients[i] ?? 0) * projection
  })
  return projections.map((projection, i) =>
    Math.sqrt(Math.max(0, gram(i, i) - 2 * projection + square)),
  )
}
