import { modelBlend, sharesOf } from './blends.ts'
import type { Gram, LinearStrategy } from './strategy.ts'

/** State per silo: the sum of all its changes. */
const HISTORY = 'history'
/** A weight of 1 has no logit. */
const LARGEST_BEFORE_LOGIT = 0.99
/** Two f32 vectors of one direction look this much apart by rounding alone; scaled up it would count like anybody's. */
const ROUNDING = 1e-6
/** Centre of the logit, as in the paper. */
const LOGIT_SHIFT = 0.5

/**
 * Counts silos less the more their past changes point the same way, as those of sybils do (FoolsGold, Fung et al. 2018, arXiv 1808.04866,
 * Algorithm 1, confidence 1, without feature importance). The counts are normalised, so that a step is as long as FedAvg's; when all
 * are 0 the model stays.
 */
export function foolsgold(): LinearStrategy {
  return {
    kind: 'linear',
    rows: { history: HISTORY, weightsOf: () => ({ factor: 1, carry: 1 }) },
    decide: ({ updates }, gram) => {
      const counted = sharesOf(Float64Array.from(foolsgoldWeights(gram, updates.length)))
      return { model: modelBlend(counted), counted }
    },
  }
}

function foolsgoldWeights(gram: Gram, count: number): number[] {
  const similarities = pardoned(similaritiesOf(gram, count))
  const weights = similarities.map((row) => {
    const distance = Math.min(1, 1 - Math.max(...row))
    return distance < ROUNDING ? 0 : distance
  })
  const largest = Math.max(...weights)
  if (largest === 0) return weights
  return weights.map((weight) => {
    const scaled = Math.min(weight / largest, LARGEST_BEFORE_LOGIT)
    return Math.min(1, Math.max(0, Math.log(scaled / (1 - scaled)) + LOGIT_SHIFT))
  })
}

/** Cosines of the histories; 0 of a history with itself or when one is zero. */
function similaritiesOf(gram: Gram, count: number): number[][] {
  const rows = Array.from({ length: count }, (_, i) => i)
  return rows.map((i) =>
    rows.map((j) => {
      const norms = Math.sqrt(gram(i, i) * gram(j, j))
      return i === j || norms === 0 ? 0 : gram(i, j) / norms
    }),
  )
}

/** An honest silo that looks like a sybil by chance is pardoned: its similarity to one that has a closer twin counts less. */
function pardoned(similarities: readonly (readonly number[])[]): number[][] {
  const largest = similarities.map((row) => Math.max(...row))
  return similarities.map((row, i) =>
    row.map((similarity, j) => {
      const [own, other] = [largest[i] ?? 0, largest[j] ?? 0]
      return own < other ? (similarity * own) / other : similarity
    }),
  )
}
