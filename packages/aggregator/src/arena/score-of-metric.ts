import type { MetricName } from '@fednode/protocol'

/** TaskRegistry's highest score. */
const MAX_SCORE = 10_000

type Reading = 'part' | 'error-part' | 'error'

const READINGS: Readonly<Record<MetricName, Reading>> = {
  accuracy: 'part',
  'balanced-accuracy': 'part',
  auc: 'part',
  f1: 'part',
  'c-index': 'part',
  'calibration-error': 'error-part',
  'log-loss': 'error',
  rmse: 'error',
  mae: 'error',
}

/**
 * The points of a model, 0 to 10,000, from a metric of it; a better value never has fewer points.
 * - Parts of one, of which more is better: 10,000 v. Of which less is better (calibration error): 10,000 (1 - v).
 * - Errors in the label's unit, and log-loss in nats: 10,000 / (1 + v / deviation): half of the points for an error as large as the label's deviation, which is
 *   what the mean of all labels is off by.
 * Rounded to the nearest point, halves up: validators whose rows differ by chance differ by few points. A value that is not finite has none.
 * @param deviation - of the label, as the manifest has it; 1 where there is none. Above 0.
 */
export function scoreOfMetric(metric: MetricName, value: number, deviation = 1): number {
  if (!Number.isFinite(value)) return 0
  const reading = READINGS[metric]
  if (reading === 'error') return points(1 / (1 + Math.max(0, value) / deviation))
  return points(reading === 'part' ? value : 1 - value)
}

function points(part: number): number {
  return Math.round(MAX_SCORE * Math.min(1, Math.max(0, part)))
}
