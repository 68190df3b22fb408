import { createRandom } from '@fednode/engine'
import { solveSymmetric } from '../regression/solve-symmetric.ts'

const SEED = 1
const MAX_SWEEPS = 200
/** A sweep that changes the sum of squares by less, in parts of it, is the last. */
const SETTLED = 1e-9

/** Rows of a matrix with gaps: NaN is unknown. */
export type GappyMatrix = readonly Float64Array[]

/** A row's or a column's factors. */
type Factors = Float64Array[]

/**
 * Fills the gaps of a matrix from its best approximation of low rank, min sum over known entries (m_ij - w_i . h_j)^2 +
 * regularisation * (|W|^2 + |H|^2), by alternating least squares (Koren, Bell & Volinsky 2009). Known entries stay as they are; a
 * column without any is filled with 0.
 * @param options.regularisation - in units of the mean square of the known entries.
 */
export function completeMatrix(
  matrix: GappyMatrix,
  { rank, regularisation }: { readonly rank: number; readonly regularisation: number },
): Float64Array[] {
  const columns = matrix[0]?.length ?? 0
  const scale = Math.sqrt(meanSquare(matrix)) || 1
  const scaled = matrix.map((row) => row.map((value) => value / scale))
  const across = Array.from({ length: columns }, (_, j) =>
    Float64Array.from(scaled, (row) => row[j] ?? Number.NaN),
  )
  const random = createRandom(SEED)
  const right: Factors = across.map(() =>
    Float64Array.from({ length: rank }, () => random.uniform()),
  )
  const left: Factors = scaled.map(() => new Float64Array(rank))
  let last = Infinity
  for (let sweep = 0; sweep < MAX_SWEEPS; sweep++) {
    fitAll(left, { lines: scaled, fixed: right, regularisation })
    fitAll(right, { lines: across, fixed: left, regularisation })
    const loss = lossOf(scaled, left, right) + regularisation * (squares(left) + squares(right))
    if (last - loss <= SETTLED * loss) break
    last = loss
  }
  return matrix.map((row, i) =>
    row.map((value, j) => (Number.isNaN(value) ? scale * dot(left[i], right[j]) : value)),
  )
}

/** Ridge regression of every line's known entries on the other side's factors. */
function fitAll(
  factors: Factors,
  side: {
    readonly lines: readonly Float64Array[]
    readonly fixed: Factors
    readonly regularisation: number
  },
): void {
  const { lines, fixed, regularisation } = side
  lines.forEach((line, i) => {
    factors[i] = fitLine(line, fixed, regularisation)
  })
}

function fitLine(line: Float64Array, fixed: Factors, regularisation: number): Float64Array {
  const rank = fixed[0]?.length ?? 0
  const gram = new Float64Array(rank * rank)
  const right = new Float64Array(rank)
  for (let a = 0; a < rank; a++) gram[a * rank + a] = regularisation
  line.forEach((value, j) => {
    const factor = fixed[j]
    if (Number.isNaN(value) || factor === undefined) return
    for (let a = 0; a < rank; a++) {
      const weight = factor[a] ?? 0
      right[a] = (right[a] ?? 0) + weight * value
      for (let b = 0; b <= a; b++)
        gram[a * rank + b] = (gram[a * rank + b] ?? 0) + weight * (factor[b] ?? 0)
    }
  })
  return solveSymmetric(gram, right)
}

function lossOf(matrix: GappyMatrix, left: Factors, right: Factors): number {
  let loss = 0
  matrix.forEach((row, i) => {
    row.forEach((value, j) => {
      if (!Number.isNaN(value)) loss += (value - dot(left[i], right[j])) ** 2
    })
  })
  return loss
}

function squares(factors: Factors): number {
  return factors.reduce((sum, factor) => sum + dot(factor, factor), 0)
}

function dot(one: Float64Array | undefined, other: Float64Array | undefined): number {
  return one?.reduce((sum, value, i) => sum + value * (other?.[i] ?? 0), 0) ?? 0
}

function meanSquare(matrix: GappyMatrix): number {
  const known = matrix.flatMap((row) => [...row].filter((value) => !Number.isNaN(value)))
  return known.reduce((sum, value) => sum + value ** 2, 0) / Math.max(known.length, 1)
}
