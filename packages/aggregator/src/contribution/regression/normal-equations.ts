import type { PairStratum } from './pair-stratum.ts'

/** The equations A x = b of a weighted least squares problem; A is row-major n * n, its lower triangle alone is kept. */
export type Equations = { readonly matrix: Float64Array; readonly right: Float64Array }

/** A stratum measured from its centre, and its unweighted sums. */
export type CentredStratum = Equations & {
  readonly stratum: PairStratum
  readonly rows: readonly Float64Array[]
  readonly differences: readonly number[]
}

/** Rows and differences from the stratum's centre, and the sums of their products. */
export function centredStratum(stratum: PairStratum, players: number): CentredStratum {
  const centre = centreOf(stratum, players)
  const rows = stratum.rows.map((row) => row.map((value, i) => value - (centre.row[i] ?? 0)))
  const differences = stratum.differences.map((value) => value - centre.difference)
  const sums = emptyEquations(players)
  rows.forEach((row, i) => {
    addProduct(sums, { row, difference: differences[i] ?? 0, factor: 1 })
  })
  return { stratum, rows, differences, ...sums }
}

/** The equations of all strata, and 11'/n: rows of one size sum to a constant, so the strata say nothing of the sum of the unknowns. */
export function normalEquations(strata: readonly CentredStratum[], players: number): Equations {
  const equations = emptyEquations(players)
  equations.matrix.fill(1 / players)
  for (const part of strata)
    if (part.rows.length > 0) addScaled(equations, part, part.stratum.weight / part.rows.length)
  return equations
}

/** Adds factor * (row row', row difference). */
export function addProduct(
  { matrix, right }: Equations,
  term: { readonly row: Float64Array; readonly difference: number; readonly factor: number },
): void {
  const { row, difference, factor } = term
  const n = row.length
  for (let i = 0; i < n; i++) {
    const scaled = factor * (row[i] as number)
    if (scaled === 0) continue
    right[i] = (right[i] as number) + scaled * difference
    for (let j = 0; j <= i; j++)
      matrix[i * n + j] = (matrix[i * n + j] as number) + scaled * (row[j] as number)
  }
}

/** Adds factor * other. */
export function addScaled(equations: Equations, other: Equations, factor: number): void {
  for (const part of ['matrix', 'right'] as const) {
    const sums = equations[part]
    const more = other[part]
    for (let i = 0; i < sums.length; i++)
      sums[i] = (sums[i] as number) + factor * (more[i] as number)
  }
}

function emptyEquations(players: number): Equations {
  return { matrix: new Float64Array(players * players), right: new Float64Array(players) }
}

function centreOf(
  { rows, differences, centre }: PairStratum,
  players: number,
): { readonly row: Float64Array; readonly difference: number } {
  const row = new Float64Array(players)
  if (centre === 'origin') return { row, difference: 0 }
  for (const each of rows)
    for (let i = 0; i < players; i++) row[i] = (row[i] ?? 0) + (each[i] ?? 0) / rows.length
  return { row, difference: differences.reduce((sum, d) => sum + d, 0) / differences.length }
}
