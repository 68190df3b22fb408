import type { TaskName } from '@fednode/protocol'
import { metricsText } from '../../../framework/metrics-text.ts'
import { countText } from '../../../framework/number-text.ts'
import type { FoundModel } from '../../../model/found-model.ts'
import type { Measured } from '../../../model/measure-labelled.ts'

/** What a prediction did. */
export type PredictionSummary = {
  readonly file: string
  readonly columns: readonly string[]
  /** Of the data file. */
  readonly rows: number
  readonly predicted: number
  readonly measured: Measured
}

/** The same for people. */
export function describePredictions(
  { manifest, kept }: FoundModel,
  { file, columns, rows, predicted, measured }: PredictionSummary,
): string {
  const left = rows - predicted
  const round = kept === undefined ? '' : `, round ${kept.round}`
  return [
    `model    ${manifest.name}${round}`,
    `rows     ${countText(predicted)} predicted${left === 0 ? '' : `, ${countText(left)} left out (no complete row, or not enough before it)`}`,
    `columns  ${columns.join(', ')}`,
    `metrics  ${measuredText(measured, manifest.task)}`,
    `file     ${file}`,
  ].join('\n')
}

function measuredText(measured: Measured, task: TaskName): string {
  if ('unmeasured' in measured) return `none: ${measured.unmeasured}`
  // Of anomalies every row is measured.
  const which = task === 'anomaly' ? 'rows' : 'rows with a label'
  return `${metricsText(measured)} on ${countText(measured.rows)} ${which}`
}
