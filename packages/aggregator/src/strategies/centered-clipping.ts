import type { StrategySpec } from '@fednode/protocol'
import { changeBlend, modelBlend } from './blends.ts'
import { clippingFactor } from './clipping-factor.ts'
import { distancesTo } from './distances.ts'
import { medianOf } from './median-of.ts'
import type { Facts, Gram, LinearStrategy, OptionsOf, RowPlan } from './strategy.ts'

/** State: the last round's change, around which this round's are clipped. */
const CENTRE = 'centre'
/** State per silo: the moving average of its changes. */
const MOMENTUM = 'momentum'
const DEFAULTS = { iterations: 1, momentum: 0.9 }

/**
 * v += 1/n sum_i (m_i - v) min(1, radius / ||m_i - v||), starting from the last round's v; m_i = (1 - beta) d_i + beta m_i are the
 * silos' momenta, of which the first is d_i; x += v (Karimireddy et al. 2021, arXiv 2012.10333, Algorithm 2; the momenta of the workers
 * follow from their updates). Defaults: one iteration and beta 0.9 as there. Their radii belong to their models; without one it is the
 * median distance from the centre, in each iteration.
 */
export function centeredClipping(
  options: OptionsOf<'centered-clipping', StrategySpec>,
): LinearStrategy {
  const { momentum, iterations, radius } = { ...DEFAULTS, ...options }
  const rows: RowPlan = {
    weightsOf: (hasHistory) =>
      hasHistory ? { factor: 1 - momentum, carry: momentum } : { factor: 1, carry: 0 },
    ...(momentum > 0 && { history: MOMENTUM }),
    centre: CENTRE,
  }
  return {
    kind: 'linear',
    rows,
    decide: (facts, gram) => {
      const clipped = clipAround(facts, gram, { iterations, radius })
      const { changes, states } = inTermsOfUpdates(facts, rows, clipped)
      return {
        model: modelBlend(changes, states),
        counted: clipped.slice(0, facts.updates.length).map((c) => Math.max(0, c)),
        keep: [[CENTRE, changeBlend(changes, states)]],
      }
    },
  }
}

/** Coefficients of the new v over the silos' rows and, last, the old v if there is one. */
function clipAround(
  { updates, states }: Facts,
  gram: Gram,
  options: { readonly iterations: number; readonly radius: number | undefined },
): Float64Array {
  const hasCentre = states.has(CENTRE)
  let v = new Float64Array(updates.length + (hasCentre ? 1 : 0))
  if (hasCentre) v[updates.length] = 1
  for (let i = 0; i < options.iterations; i++) {
    const distances = distancesTo(gram, v).slice(0, updates.length)
    const radius = options.radius ?? medianOf([...distances])
    const factors = distances.map((distance) => clippingFactor(distance, radius) / updates.length)
    const kept = 1 - factors.reduce((sum, factor) => sum + factor, 0)
    v = v.map((coefficient, k) => coefficient * kept + (factors[k] ?? 0))
  }
  return v
}

/** Rows are made of changes, momenta and the centre: the same sum in these. */
function inTermsOfUpdates({ updates, states }: Facts, rows: RowPlan, clipped: Float64Array) {
  const weights = updates.map(({ silo }) => rows.weightsOf(states.has(`${MOMENTUM}/${silo}`)))
  const momenta = updates.map(
    ({ silo }, i) => [`${MOMENTUM}/${silo}`, (clipped[i] ?? 0) * (weights[i]?.carry ?? 0)] as const,
  )
  const centre = [CENTRE, clipped[updates.length] ?? 0] as const
  return {
    changes: Float64Array.from(weights, ({ factor }, i) => (clipped[i] ?? 0) * factor),
    states: [...momenta, centre].filter(([, weight]) => weight !== 0),
  }
}
