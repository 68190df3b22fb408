import type { Weights } from '@fednode/protocol'
import { reconstructionMeasures } from './metrics/reconstruction-measures.ts'
import { reportMeasures } from './metrics/score-outputs.ts'
import { targetMeasures } from './metrics/target-measures.ts'
import { checkDataset } from './models/check-model-input.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { rowErrors } from './row-errors.ts'
import { runModel } from './run-model.ts'
import type { ModelReport, Scoring, TrainingRows } from './types.ts'

/** What models of one shape are evaluated on, and how. */
export type EvaluationTask = {
  readonly plan: ModelPlan
  readonly data: TrainingRows
  readonly scoring: Scoring
}

/**
 * Evaluates a model over all rows, in batches, on the current back end.
 * @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT; NOT_FINITE when the loss is NaN or infinite; BAD_PLAN for a utility of another task.
 */
export function evaluateModel(weights: Weights, task: EvaluationTask): ModelReport {
  const { plan, data, scoring } = task
  const { objective } = plan
  checkDataset(plan, data)
  // What gives rows back has outputs as large as they are: only their errors are kept.
  const measures =
    objective.kind === 'reconstruction'
      ? reconstructionMeasures(rowErrors(plan, weights, data))
      : targetMeasures(runModel(plan, weights, data), objective, data)
  return reportMeasures(measures, scoring)
}
