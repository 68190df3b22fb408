/** A pivot below this part of its diagonal element is rounding: the direction is not determined. */
const SINGULAR = 1e-10

/**
 * Solves A x = b for a symmetric positive semidefinite A by Cholesky factors (Golub & Van Loan 2013, section 4.2). An unknown that the
 * equations do not determine is 0.
 * @param matrix - row-major, n * n; only the lower triangle is read; overwritten by the factors.
 * @param right - length n; overwritten by the solution.
 * @returns right.
 */
export function solveSymmetric(matrix: Float64Array, right: Float64Array): Float64Array {
  const n = right.length
  const free = factorise(matrix, n)
  for (let row = 0; row < n; row++) {
    if (free[row] === 1) {
      right[row] = 0
      continue
    }
    let sum = right[row] as number
    for (let k = 0; k < row; k++) sum -= (matrix[row * n + k] as number) * (right[k] as number)
    right[row] = sum / (matrix[row * n + row] as number)
  }
  for (let row = n - 1; row >= 0; row--) {
    if (free[row] === 1) continue
    let sum = right[row] as number
    for (let k = row + 1; k < n; k++) sum -= (matrix[k * n + row] as number) * (right[k] as number)
    right[row] = sum / (matrix[row * n + row] as number)
  }
  return right
}

/** The lower factor in place; 1 for every unknown that is left free. */
function factorise(matrix: Float64Array, n: number): Uint8Array {
  const free = new Uint8Array(n)
  for (let row = 0; row < n; row++) {
    const diagonal = matrix[row * n + row] as number
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * n + column] as number
      for (let k = 0; k < column; k++)
        sum -= (matrix[row * n + k] as number) * (matrix[column * n + k] as number)
      if (column < row) {
        const pivot = matrix[column * n + column] as number
        matrix[row * n + column] = free[column] === 1 ? 0 : sum / pivot
      } else if (sum <= SINGULAR * diagonal) {
        free[row] = 1
        matrix[row * n + row] = 0
        matrix.fill(0, row * n, row * n + row)
      } else matrix[row * n + row] = Math.sqrt(sum)
    }
  }
  return free
}
