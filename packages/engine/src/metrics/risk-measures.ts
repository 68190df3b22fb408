import type { TargetsOf } from '../targets.ts'
import { concordanceIndex } from './concordance-index.ts'
import { coxLoss } from './cox-loss.ts'
import type { Measures } from './measures.ts'

/** What can be said of log-risks, one a row; the loss is the negative log partial likelihood per event among all rows. */
export function riskMeasures(outputs: Float32Array, survival: TargetsOf<'risk'>): Measures {
  const risks = Float64Array.from(outputs)
  const loss = coxLoss(risks, survival)
  const metrics = { 'c-index': () => concordanceIndex(risks, survival) }
  return { loss, metrics, utilities: { ...metrics, 'negative-loss': () => -loss } }
}
