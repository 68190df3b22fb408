import { type Dataset, partitionBySkew, pickTargets } from '../../packages/engine/src/index.ts'
import { classTargets } from './class-targets.ts'

/** How rows are dealt to silos. */
export type DigitsSplit = {
  readonly silos: number
  readonly rowsPerSilo: number
  /** Dirichlet concentration of the label skew; large is nearly even. */
  readonly alpha: number
  readonly seed: number
}

/** Disjoint data sets of `rowsPerSilo` rows each, drawn from `data` by label skew. */
export function splitDigits(data: Dataset, split: DigitsSplit): readonly Dataset[] {
  const { silos, rowsPerSilo, alpha, seed } = split
  const parts = partitionBySkew({
    ...classTargets(data),
    sizes: Array.from({ length: silos }, () => rowsPerSilo),
    alpha,
    seed,
  })
  return parts.map((rows) => pickRows(data, rows))
}

/** The given rows of a data set, in the order given. */
export function pickRows(data: Dataset, rows: ArrayLike<number>): Dataset {
  const width = data.featureShape.reduce((product, length) => product * length, 1)
  const features =
    data.features instanceof Uint8Array
      ? new Uint8Array(rows.length * width)
      : new Float32Array(rows.length * width)
  for (let at = 0; at < rows.length; at++) {
    const row = rows[at] as number
    features.set(data.features.subarray(row * width, (row + 1) * width), at * width)
  }
  const { groups, targets, ...rest } = data
  return {
    ...rest,
    count: rows.length,
    features,
    targets: pickTargets(targets, rows),
    ...(groups && { groups: Int32Array.from(rows, (row) => groups[row] as number) }),
  }
}
