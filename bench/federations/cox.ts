/** A patient as the Cox model sees one. */
export type Subject = {
  readonly features: readonly number[]
  readonly isObserved: boolean
  readonly days: number
}

/** Risk scores x . weights. */
export function risksOf(subjects: readonly Subject[], weights: ArrayLike<number>): Float64Array {
  return Float64Array.from(subjects, ({ features }) =>
    features.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0),
  )
}

/**
 * Mean negative log partial likelihood (Cox 1972) over the events, Breslow's treatment of ties: at each event the log of the summed risks
 * of all who were followed as long, minus the own score. 0 without an event.
 */
export function coxLoss(subjects: readonly Subject[], weights: ArrayLike<number>): number {
  const risks = risksOf(subjects, weights)
  let loss = 0
  let events = 0
  subjects.forEach(({ isObserved, days }, i) => {
    if (!isObserved) return
    let atRisk = 0
    for (const [j, other] of subjects.entries())
      if (other.days >= days) atRisk += Math.exp(risks[j] ?? 0)
    loss += Math.log(atRisk) - (risks[i] ?? 0)
    events++
  })
  return events === 0 ? 0 : loss / events
}

/** Steps of full-batch gradient descent on coxLoss from `weights`, which stay as they are. */
export function trainCox(
  subjects: readonly Subject[],
  weights: Float32Array,
  { steps, learningRate }: { readonly steps: number; readonly learningRate: number },
): Float32Array {
  const trained = Float64Array.from(weights)
  for (let step = 0; step < steps; step++) {
    const gradient = coxGradient(subjects, trained)
    for (const [i, slope] of gradient.entries())
      trained[i] = (trained[i] ?? 0) - learningRate * slope
  }
  return Float32Array.from(trained)
}

/** Per event: the risk-weighted mean of features among those at risk, minus the own features. */
function coxGradient(subjects: readonly Subject[], weights: Float64Array): Float64Array {
  const hazards = risksOf(subjects, weights).map(Math.exp)
  const events = subjects.filter(({ isObserved }) => isObserved)
  const gradient = new Float64Array(weights.length)
  for (const event of events) {
    const mean = new Float64Array(weights.length)
    let total = 0
    subjects.forEach((other, j) => {
      if (other.days < event.days) return
      total += hazards[j] ?? 0
      addScaled(mean, other.features, hazards[j] ?? 0)
    })
    addScaled(gradient, mean, 1 / total / events.length)
    addScaled(gradient, event.features, -1 / events.length)
  }
  return gradient
}

function addScaled(sum: Float64Array, values: ArrayLike<number>, factor: number): void {
  for (let i = 0; i < sum.length; i++) sum[i] = (sum[i] ?? 0) + factor * (values[i] ?? 0)
}
