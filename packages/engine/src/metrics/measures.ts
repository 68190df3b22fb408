import type { MetricName, UtilityName } from '@fednode/protocol'

/** What can be said of a model's outputs on some rows; nothing but the loss is computed before it is asked for. */
export type Measures = {
  /** Mean loss of the objective. */
  readonly loss: number
  readonly metrics: Readonly<Partial<Record<MetricName, () => number>>>
  readonly utilities: Readonly<Partial<Record<UtilityName, () => number>>>
  /** Recall of each class, of a classifier. */
  readonly classes?: () => Float64Array
}
