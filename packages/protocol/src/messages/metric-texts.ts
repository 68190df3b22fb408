import type { MetricName } from '../manifest/types.ts'

/** Values of metrics by name. */
type Metrics = Readonly<Partial<Record<MetricName, number>>>
/** The same as they travel: the wire has no floats. */
type MetricTexts = Readonly<Partial<Record<MetricName, string>>>

/** Metrics for a message: their shortest decimal texts (ECMAScript Number::toString); what is not finite is left out. */
export function metricTexts(metrics: Metrics): MetricTexts {
  const finite = Object.entries(metrics).filter(([, value]) => Number.isFinite(value))
  return Object.fromEntries(finite.map(([name, value]) => [name, String(value)]))
}

/** Metrics of a message whose texts have been checked. */
export function parseMetrics(texts: MetricTexts): Metrics {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, Number(text)]))
}
