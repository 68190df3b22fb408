/** Added to every cosine of a vector with itself, so that a singular matrix has an inverse; far below any threshold. */
const RIDGE = 1e-10

/** How far a vector lies from the span of the others, and how they make it up. */
export type Regression = {
  /** Sine of the angle between the vector and the others' span, 0 to 1. */
  readonly residual: number
  /** Of each unit vector, its own entry 0. */
  readonly coefficients: readonly number[]
}

/**
 * Regresses each of n unit vectors on all others, from their cosines alone: with M = (C + ridge)^-1, the squared residual of vector i is
 * 1 / M_ii and its coefficients are -M_ij / M_ii (the inverse of a block matrix).
 * @param cosines - n x n, row-major, symmetric, 1 on the diagonal.
 */
export function regressOnOthers(cosines: Float64Array, n: number): readonly Regression[] {
  const inverse = invert(cosines, n)
  return Array.from({ length: n }, (_, i) => {
    const own = inverse[i * n + i] ?? 1
    const coefficients = Array.from({ length: n }, (_, j) =>
      i === j ? 0 : -(inverse[i * n + j] ?? 0) / own,
    )
    return { residual: Math.sqrt(Math.min(1, Math.max(0, 1 / own))), coefficients }
  })
}

/** Gauss-Jordan; the matrix plus ridge is positive definite, so no pivoting is needed. */
function invert(matrix: Float64Array, n: number): Float64Array {
  const left = matrix.slice()
  const right = new Float64Array(n * n)
  for (let i = 0; i < n; i++) {
    left[i * n + i] = (left[i * n + i] ?? 0) + RIDGE
    right[i * n + i] = 1
  }
  for (let pivot = 0; pivot < n; pivot++) {
    const scale = left[pivot * n + pivot] ?? 1
    for (let row = 0; row < n; row++) {
      if (row === pivot) continue
      const factor = (left[row * n + pivot] ?? 0) / scale
      if (factor !== 0) subtractRow([left, right], { n, row, pivot, factor })
    }
    for (const side of [left, right]) {
      for (let j = 0; j < n; j++) side[pivot * n + j] = (side[pivot * n + j] ?? 0) / scale
    }
  }
  return right
}

function subtractRow(
  sides: readonly Float64Array[],
  step: {
    readonly n: number
    readonly row: number
    readonly pivot: number
    readonly factor: number
  },
): void {
  const { n, row, pivot, factor } = step
  for (const side of sides) {
    for (let j = 0; j < n; j++) {
      side[row * n + j] = (side[row * n + j] ?? 0) - factor * (side[pivot * n + j] ?? 0)
    }
  }
}
