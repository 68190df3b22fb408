import type { Weights } from '@fednode/protocol'
import { reportOutputs } from './metrics/score-outputs.ts'
import { checkDataset } from './models/check-model-input.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { runModel } from './run-model.ts'
import type { Dataset, ModelReport, Scoring } from './types.ts'

/** What models of one shape are evaluated on, and how. */
export type EvaluationTask = {
  readonly plan: ModelPlan
  readonly data: Dataset
  readonly scoring: Scoring
}

/**
 * Evaluates a model over all rows, in batches, on the current back end.
 * @throws {EngineError} SHAPE_MISMATCH, EMPTY_INPUT; NOT_FINITE when the loss is NaN or infinite; BAD_PLAN for a utility of another task.
 */
export function evaluateModel(weights: Weights, task: EvaluationTask): ModelReport {
  const { plan, data, scoring } = task
  checkDataset(plan, data)
  const outputs = runModel(plan, weights, data)
  return reportOutputs({ outputs, objective: plan.objective, data }, scoring)
}
