import { METRIC_NAMES, type MetricName } from '@fednode/protocol'
import { metricLabel } from './metric-label.ts'

const DIGITS = 4

/** "RMSE 2.1000, MAE 1.7000, loss 0.0500": what a model was measured by, on one line. */
export function metricsText(measured: {
  readonly metrics: Readonly<Partial<Record<MetricName, number>>>
  readonly loss: number
}): string {
  const { metrics, loss } = measured
  const named = METRIC_NAMES.flatMap((name) => {
    const value = metrics[name]
    return value === undefined ? [] : [`${metricLabel(name)} ${value.toFixed(DIGITS)}`]
  })
  return [...named, `loss ${loss.toFixed(DIGITS)}`].join(', ')
}
