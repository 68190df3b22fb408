import type { Objective, UtilityName } from '@fednode/protocol'
import { EngineError } from '../errors.ts'
import type { Dataset, Evaluation, ModelReport, Scoring } from '../types.ts'
import type { Measures } from './measures.ts'
import { reconstructionErrors } from './reconstruction-errors.ts'
import { reconstructionMeasures } from './reconstruction-measures.ts'
import { targetMeasures } from './target-measures.ts'

/** What a model says of the rows of a data set: outputs [count, outputs], row-major, of a classifier its logits. */
export type ScoredOutputs = {
  readonly outputs: Float32Array
  readonly objective: Objective
  readonly data: Dataset
}

/**
 * Mean loss and the utility asked for, and nothing that neither needs. Sums run in f64 in row order.
 * @throws {EngineError} NOT_FINITE when the loss is NaN or infinite; BAD_PLAN when the objective has no such utility.
 */
export function scoreOutputs(scored: ScoredOutputs, scoring: Scoring): Evaluation {
  return evaluationOf(measureOutputs(scored), scoring)
}

/** As scoreOutputs, of outputs that were measured, with all metrics of the objective. */
export function reportMeasures(measures: Measures, scoring: Scoring): ModelReport {
  // First: only outputs with a finite loss can be ranked.
  const evaluation = evaluationOf(measures, scoring)
  const metrics = Object.entries(measures.metrics).map(([name, measure]) => [name, measure()])
  return { ...evaluation, metrics: Object.fromEntries(metrics) }
}

function evaluationOf(measures: Measures, scoring: Scoring): Evaluation {
  const { utility = 'negative-loss', classWise = false } = scoring
  const { loss, utilities, classes } = measures
  if (!Number.isFinite(loss)) {
    const what = 'evaluation loss'
    throw new EngineError(`The ${what} is ${loss}`, { code: 'NOT_FINITE', what })
  }
  const measure = utilities[utility]
  if (measure === undefined) throw noUtility(utility, Object.keys(utilities))
  if (!classWise) return { loss, utility: measure() }
  if (classes === undefined) throw noUtility('per class', Object.keys(utilities))
  return { loss, utility: measure(), classes: classes() }
}

/** What can be said of outputs. @throws {EngineError} SHAPE_MISMATCH when the targets are not the objective's. */
export function measureOutputs({ outputs, objective, data }: ScoredOutputs): Measures {
  return objective.kind === 'reconstruction'
    ? reconstructionMeasures(reconstructionErrors(outputs, data))
    : targetMeasures(outputs, objective, data)
}

function noUtility(asked: UtilityName | 'per class', has: readonly string[]): EngineError {
  const reason = `utility ${asked} where there are ${has.join(', ')}`
  return new EngineError(`This model has no ${reason}`, { code: 'BAD_PLAN', reason })
}
