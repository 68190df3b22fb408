import type { Dataset } from '../../packages/engine/src/index.ts'
import type { Weights } from '../../packages/protocol/src/index.ts'

/**
 * Rebuilds a row from the change of a first fully connected layer: the gradient of its kernel is the row times that of its bias (Phong et al.
 * 2017; Geiping et al. 2020, prop. 3.1). Exact for one step over one row; of more rows and steps it is a mixture.
 * @returns the reconstruction by the unit whose bias moved most.
 */
export function invertFirstLayer(before: Weights, after: Weights): Float64Array {
  const [kernel, bias] = before.specs
  const [features = 0, units = 0] = kernel?.shape ?? []
  if (bias?.shape[0] !== units) throw new RangeError('the first layer has no bias')
  const moved = (at: number): number => (after.values[at] ?? 0) - (before.values[at] ?? 0)
  const biasAt = (unit: number): number => moved(features * units + unit)
  const unitsByBias = Array.from({ length: units }, (_, unit) => unit).sort(
    (a, b) => Math.abs(biasAt(b)) - Math.abs(biasAt(a)),
  )
  const unit = unitsByBias[0] ?? 0
  return Float64Array.from(
    { length: features },
    (_, feature) => moved(feature * units + unit) / biasAt(unit),
  )
}

/** Distance of a reconstruction to the nearest row, as a part of the mean length of rows: 0 is the row itself. */
export function errorOf(rebuilt: Float64Array, { features, count }: Dataset): number {
  const width = rebuilt.length
  let nearest = Number.POSITIVE_INFINITY
  let length = 0
  for (let row = 0; row < count; row++) {
    let distance = 0
    let norm = 0
    for (const [i, value] of rebuilt.entries()) {
      const cell = features[row * width + i] ?? 0
      distance += (cell - value) ** 2
      norm += cell ** 2
    }
    nearest = Math.min(nearest, Math.sqrt(distance))
    length += Math.sqrt(norm) / count
  }
  return nearest / length
}

/** How often a member's loss is below that of somebody else: the AUC of the loss attack (Yeom et al. 2018); 0.5 is a guess. */
export function membershipAuc(members: readonly number[], others: readonly number[]): number {
  let wins = 0
  for (const member of members) {
    for (const other of others) wins += member < other ? 1 : member === other ? 0.5 : 0
  }
  return wins / (members.length * others.length)
}

/** Exposure of a canary in bits: log2 of candidates over its rank by loss among them (Carlini et al. 2019); 1 bit is what chance gives. */
export function exposureOf(canary: number, candidates: readonly number[]): number {
  const rank = 1 + candidates.filter((loss) => loss < canary).length
  return Math.log2((candidates.length + 1) / rank)
}
