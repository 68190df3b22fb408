import type { Weights } from '@fednode/protocol'
import { classProbabilities } from './metrics/class-probabilities.ts'
import { checkFinite } from './models/check-model-input.ts'
import type { ModelPlan } from './models/model-plan.ts'
import { rowErrors } from './row-errors.ts'
import { runModel } from './run-model.ts'
import type { Features, StreamedFeatures } from './types.ts'

/** Rows to predict for, and the scale of what is predicted. */
export type PredictionTask = {
  readonly plan: ModelPlan
  readonly rows: Features | StreamedFeatures
  readonly scale: { readonly mean: number; readonly deviation: number } | undefined
}

/** See Engine.predict; on the current back end. */
export function predictRows(weights: Weights, { plan, rows, scale }: PredictionTask): Float64Array {
  if (plan.objective.kind === 'reconstruction') return finite(rowErrors(plan, weights, rows))
  const outputs = finite(runModel(plan, weights, rows))
  switch (plan.objective.kind) {
    case 'classes':
      return probabilitiesOf(outputs, plan.objective.classes)
    case 'value': {
      const { mean, deviation } = scale ?? { mean: 0, deviation: 1 }
      return Float64Array.from(outputs, (value) => mean + deviation * value)
    }
    case 'risk':
      return Float64Array.from(outputs)
  }
}

function finite<Values extends Float32Array | Float64Array>(values: Values): Values {
  checkFinite(values, 'predictions')
  return values
}

function probabilitiesOf(logits: Float32Array, classes: number): Float64Array {
  const probabilities = new Float64Array(logits.length)
  for (let row = 0; row < logits.length / classes; row++) {
    const target = probabilities.subarray(row * classes, (row + 1) * classes)
    classProbabilities({ logits, classes }, row, target)
  }
  return probabilities
}
