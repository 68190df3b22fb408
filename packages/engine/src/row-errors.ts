import type { Weights } from '@fednode/protocol'
import { reconstructionErrors } from './metrics/reconstruction-errors.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { runBatches } from './run-model.ts'
import type { Features, StreamedFeatures } from './types.ts'

/** Mean squared error of every row between its features and what a model gives back for them, [count]. @throws as runBatches. */
export function rowErrors(
  plan: ModelPlan,
  weights: Weights,
  rows: Features | StreamedFeatures,
): Float64Array {
  const errors = new Float64Array(rows.count)
  runBatches(plan, { weights, rows }, (batch) => {
    errors.set(reconstructionErrors(batch.outputs, batch.rows), batch.start)
  })
  return errors
}
