import type { Engine, TrainingRows } from '@fednode/engine'
import {
  METRIC_NAMES,
  type MetricName,
  MIN_EVALUATED_ROWS,
  type ModelSpec,
  metricTexts,
  type UpdateReady,
  type Weights,
} from '@fednode/protocol'

/** More would tell of single rows, and mean nothing: ten rows or some more are behind them. */
const DIGITS = 3

/**
 * How good a model is on the rows that a silo holds back, as its announcement says it.
 * @returns undefined over too few rows (T38).
 * @throws {EngineError} NOT_FINITE.
 */
export function measureHeld(
  engine: Pick<Engine, 'evaluate'>,
  held: TrainingRows,
  { model, weights }: { readonly model: ModelSpec; readonly weights: Weights },
): UpdateReady['metrics'] {
  if (held.count < MIN_EVALUATED_ROWS) return undefined
  const { metrics } = engine.evaluate(model, weights, held)
  const rounded: Partial<Record<MetricName, number>> = {}
  for (const name of METRIC_NAMES) {
    const value = metrics[name]
    if (value !== undefined) rounded[name] = Number(value.toPrecision(DIGITS))
  }
  return metricTexts(rounded)
}
