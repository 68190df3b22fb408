import { METRIC_NAMES, type MetricName } from '@fednode/protocol'
import { metricLabel } from './metric-label.ts'

const DIGITS = 3

/** Values of metrics by name. */
type Metrics = Readonly<Partial<Record<MetricName, number>>>

/** The metric that people look at first, of those that a task has. */
export type HeadlineMetric = { readonly name: MetricName; readonly value: number }

/** The first metric in the order of METRIC_NAMES; undefined when there is none. */
export function headlineMetric(metrics: Metrics): HeadlineMetric | undefined {
  for (const name of METRIC_NAMES) {
    const value = metrics[name]
    if (value !== undefined) return { name, value }
  }
  return undefined
}

/** The headline of many records as people write it, for the head of a column. */
export function headlineLabel(records: readonly { readonly metrics: Metrics }[]): string {
  for (const { metrics } of records) {
    const headline = headlineMetric(metrics)
    if (headline !== undefined) return metricLabel(headline.name)
  }
  return 'metric'
}

/** The headline's value with three decimals, "-" when there is none. */
export function headlineText(metrics: Metrics | undefined): string {
  return metrics === undefined ? '-' : (headlineMetric(metrics)?.value.toFixed(DIGITS) ?? '-')
}

/** "accuracy 0.912   AUC 0.950   ": for a line of text; empty when there is no metric. Accuracy alone says nothing where a class is rare. */
export function headlineLine(metrics: Metrics): string {
  const headline = headlineMetric(metrics)
  if (headline === undefined) return ''
  const { auc } = headline.name === 'accuracy' ? metrics : {}
  const shown = [headline, ...(auc === undefined ? [] : [{ name: 'auc' as const, value: auc }])]
  return shown.map(({ name, value }) => `${metricLabel(name)} ${value.toFixed(DIGITS)}   `).join('')
}
